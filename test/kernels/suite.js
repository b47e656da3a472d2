// Runs a bundle of TensorFlow.js core's tests on the backend that SUITE_BACKEND names, in a process of its own, and says
// on the channel to its parent which spec starts and what came of it. Usage: node suite.js BUNDLE [FILTER]
"use strict";
const Module = require("node:module");
const [bundle, filter = ""] = process.argv.slice(2);
const jasmine = require("jasmine-core").boot();
const environment = jasmine.getEnv();
environment.configure({ random: false, specFilter: (spec) => spec.getFullName().includes(filter) });
environment.addReporter({
  specStarted: ({ fullName }) => process.send({ started: fullName }),
  specDone: ({ fullName, status, failedExpectations }) =>
    process.send({ name: fullName, status, failures: failedExpectations.map(({ message }) => message) }),
});

// Core warns and advertises through the console while its tests provoke it.
for (const level of ["log", "warn", "info", "error"]) console[level] = () => {};

if (process.env.SUITE_SPOIL)
  globalThis.spoilKernels = ({ getKernel, unregisterKernel, registerKernel }) => {
    const { kernelFunc, ...config } = getKernel(process.env.SUITE_SPOIL, process.env.SUITE_BACKEND);
    unregisterKernel(config.kernelName, config.backendName);
    registerKernel({
      ...config,
      kernelFunc: (call) => kernelFunc({ ...call, inputs: { ...call.inputs, b: call.inputs.a } }),
    });
  };
// What a backend loads for itself is to find the bundle's copy of TensorFlow.js.
const share = (modules) => {
  const load = Module._load;
  Module._load = (name, ...rest) => (Object.hasOwn(modules, name) ? modules[name] : load(name, ...rest));
};
// What was sent may still be on its way: the parent ends this process when all has arrived.
require(bundle)
  .prepare(share)
  .then(
    () => environment.execute().then(() => process.send({ finished: true })),
    ({ message }) => process.send({ absent: message }),
  );
