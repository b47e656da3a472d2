import assert from "node:assert/strict";
import { test } from "node:test";
import { callMLflow } from "../../../lib/sweep/export/callMLflow";
import { MLflowError } from "../../../lib/sweep/export/mlflowError";
import { type Answer, startServer } from "./mlflowServer";

const failure = async (answer: Answer, env = {}) => {
  const server = await startServer(() => answer);
  const error = await callMLflow(server.url, env)("runs/create", {}).catch((error: unknown) => error as Error);
  await server.close();
  assert.ok(error instanceof MLflowError);
  const { code, reason, message } = error;
  return { code, reason, message: message.replace(server.url, "URL") };
};

test("callMLflow() sends JSON below the address, and a search by name in the query", async () => {
  const server = await startServer(() => ({ body: { fine: 1 } }));
  const call = callMLflow(`${server.url}/proxy/`, {});
  assert.deepEqual(await call("runs/create", { a: 1 }), { fine: 1 });
  await call("experiments/get-by-name", { experiment_name: "a b&c" });
  await server.close();
  assert.deepEqual(server.asked, [
    { method: "POST /proxy/api/2.0/mlflow/runs/create", content: { a: 1 } },
    { method: "GET /proxy/api/2.0/mlflow/experiments/get-by-name?experiment_name=a+b%26c", content: {} },
  ]);
});

test("callMLflow() says what a server refused, and where it is no MLflow server", async () => {
  const body = { error_code: "INVALID_PARAMETER_VALUE", message: "too long\nmore" };
  const refused = await failure({ status: 400, body });
  assert.deepEqual(
    [refused.code, refused.reason, refused.message],
    [
      "ERR_MLFLOW",
      "INVALID_PARAMETER_VALUE",
      "The MLflow server URL refused runs/create (status 400): INVALID_PARAMETER_VALUE: too long; mend that, and export again",
    ],
  );
  const wanted = (status: number) =>
    `URL answered runs/create with status ${status} and not as MLflow does; give the address of an MLflow server`;
  assert.equal((await failure({ status: 404, body: "<html>" })).message, wanted(404));
  assert.equal((await failure({ body: "<html>" })).message, wanted(200));
});

test("callMLflow() says where no server is there, and refuses what is no address", async () => {
  const server = await startServer(() => ({ body: {} }));
  await server.close();
  await assert.rejects(callMLflow(server.url)("runs/create", {}), {
    message: `The MLflow server ${server.url} cannot be reached (ECONNREFUSED); start it, or give its address`,
  });
  const refused = (address: string, shown: string) =>
    assert.throws(() => callMLflow(address), {
      name: "RangeError",
      message: `The MLflow server is ${shown}; give an address alone, as in http://127.0.0.1:5000`,
    });
  refused("localhost:5000", '"localhost:5000"');
  refused("mlruns", '"mlruns"');
  refused("http://me:secret@host", "an address with a name or a password");
});

test("callMLflow() logs in with a name and a password, or with a token, in every call", async () => {
  const server = await startServer(() => ({ body: {} }));
  const login = { MLFLOW_TRACKING_USERNAME: "anna", MLFLOW_TRACKING_PASSWORD: "pä:ss", MLFLOW_TRACKING_TOKEN: "t0k" };
  for (const env of [login, { MLFLOW_TRACKING_TOKEN: "t0k", MLFLOW_TRACKING_USERNAME: "" }]) {
    await callMLflow(server.url, env)("runs/create", {});
    await callMLflow(server.url, env)("experiments/get-by-name", { experiment_name: "a" });
  }
  await server.close();
  const basic = "Basic YW5uYTpww6Q6c3M="; // anna:pä:ss in UTF-8
  assert.deepEqual(
    server.asked.map(({ authorization }) => authorization),
    [basic, basic, "Bearer t0k", "Bearer t0k"],
  );
});

test("callMLflow() says that a login is missing or wrong, and shows none of it", async () => {
  const env = { MLFLOW_TRACKING_USERNAME: "anna", MLFLOW_TRACKING_PASSWORD: "secret" };
  const variables = "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN";
  const answer = { status: 401, body: "You are not authenticated" };
  const missing = await failure(answer);
  assert.equal(missing.message, `The MLflow server URL asks for a login (status 401); set ${variables}`);
  const wrong = await failure(answer, env);
  assert.equal(wrong.message, `The MLflow server URL does not take the login (status 401); correct ${variables}`);
  const refused = (half: Record<string, string>, message: RegExp) =>
    assert.throws(
      () => callMLflow("http://127.0.0.1:1", half),
      (error: Error) => error instanceof RangeError && message.test(error.message) && !/secret/.test(error.message),
    );
  refused(
    { MLFLOW_TRACKING_PASSWORD: "secret" },
    /^MLFLOW_TRACKING_PASSWORD is set and MLFLOW_TRACKING_USERNAME is not; /,
  );
  refused(
    { MLFLOW_TRACKING_USERNAME: "secret" },
    /^MLFLOW_TRACKING_USERNAME is set and MLFLOW_TRACKING_PASSWORD is not; /,
  );
  refused({ MLFLOW_TRACKING_TOKEN: "secret\n" }, /^MLFLOW_TRACKING_TOKEN holds a space, a line end/);
});
