import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  formatDiagnostic,
  installKernel,
  installKernelForUser,
  kernelSpec,
  loadNotebook,
  runNotebook,
  startKernel,
  typecheckCells,
} from "../../../../lib/packages/kernel/main";
import { example } from "../../example";

example(installKernel, () => {
  const kernels = mkdtempSync(join(tmpdir(), "kernels-"));
  const folder = installKernel(kernels);
  const spec: Record<string, unknown> = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  console.log(basename(folder), spec.display_name, spec.language); // tslab TypeScript typescript
  rmSync(kernels, { recursive: true });
});

example(installKernelForUser, () => {
  // Without a folder it takes the one where Jupyter looks.
  const kernels = mkdtempSync(join(tmpdir(), "kernels-"));
  const folder = installKernelForUser(kernels);
  console.log(readdirSync(folder).sort()[0]); // kernel.json

  // The kernel of another program stays as it is.
  writeFileSync(join(folder, "kernel.json"), '{ "argv": ["tslab", "kernel"] }');
  try {
    installKernelForUser(kernels);
  } catch (error) {
    console.log(String(error).includes("There is another kernel named tslab")); // true
  }
  rmSync(kernels, { recursive: true });
});

example(kernelSpec, () => {
  const { argv, interrupt_mode } = kernelSpec("connection.json");
  console.log(argv[0] === process.execPath, argv.slice(-2)); // true [ '--config-path', 'connection.json' ]
  console.log(interrupt_mode); // message
});

example(formatDiagnostic, () => {
  const place = { file: "lesson.ipynb", cell: 2, id: "sum", line: 1, column: 5, width: 5 };
  const text = "1 + epoch";
  const told = formatDiagnostic({ ...place, text, code: 2304, message: "Cannot find name 'epoch'." });
  const [what, ...marked] = told.split("\n");
  console.log(what); // lesson.ipynb cell 2 (sum) 1:5 - error TS2304: Cannot find name 'epoch'.
  console.log(marked); // [ '    1 + epoch', '        ^^^^^' ]
});

example(loadNotebook, () => {
  const folder = mkdtempSync(join(tmpdir(), "notebook-"));
  const file = join(folder, "sum.ipynb");
  const cells = [{ cell_type: "code", metadata: {}, outputs: [], source: ["const price = 12;\n", "3 * price"] }];
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  const [cell] = loadNotebook(file).cells;
  console.log(cell.id, cell.source.split("\n")); // cell-1 [ 'const price = 12;', '3 * price' ]
  rmSync(folder, { recursive: true });
});

example(runNotebook, async () => {
  const folder = mkdtempSync(join(tmpdir(), "notebook-"));
  const file = join(folder, "sum.ipynb");
  const cells = [
    { cell_type: "code", metadata: { tags: ["parameters"] }, source: "const price: number = 12;" },
    { cell_type: "code", metadata: {}, source: "console.log(3 * price);" },
  ];
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  const { status, parameters } = await runNotebook(file, { output: file, parameters: { price: 20 } });
  console.log(status, parameters); // ok { price: 20 }
  const shown = loadNotebook(file).cells.at(-1)?.outputs;
  console.log(shown); // [ { output_type: 'stream', name: 'stdout', text: '60\n' } ]
  rmSync(folder, { recursive: true });
});

example(startKernel, async () => {
  const kernel = await startKernel(tmpdir());
  let heard = "";
  const reply = await kernel.execute("console.log(3 * 12);", ({ header, content }) => {
    if (header.msg_type === "stream") heard += content.text;
  });
  await kernel.shutdown();
  console.log(reply.status, heard); // ok 36
});

example(typecheckCells, () => {
  const folder = mkdtempSync(join(tmpdir(), "notebook-"));
  const file = join(folder, "sum.ipynb");
  const cells = ["const price: number = 12;", "3 * prize"].map((source) => ({ cell_type: "code", source }));
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  const [{ cell, line, column, message }] = typecheckCells([file]);
  console.log(cell, line, column, message); // 2 1 5 Cannot find name 'prize'. Did you mean 'price'?
  rmSync(folder, { recursive: true });
});
