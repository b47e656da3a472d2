import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeMessage, encodeMessage, newRequest } from "../../lib/runner/wire";

const message = newRequest("session", "execute_request", { code: "1 + 1 // ä" });
const frames = encodeMessage(message, "key").map((frame) => Buffer.from(frame));

test("encodeMessage() signs with HMAC-SHA256, as jupyter_client does", () => {
  const parts = { header: { msg_id: "1" }, parent_header: {}, metadata: {}, content: { code: "1" } };
  const [delimiter, signature, ...rest] = encodeMessage(parts as never, "secret");
  assert.equal(delimiter, "<IDS|MSG>");
  assert.equal(signature, "260b97890d61eb0e6ad1283eaca56d59541c56327271b249b87dde0226568bfb");
  assert.deepEqual(rest, ['{"msg_id":"1"}', "{}", "{}", '{"code":"1"}']);
});

test("decodeMessage() reads what encodeMessage() wrote, behind any routing prefix", () => {
  assert.deepEqual(decodeMessage(frames, "key"), message);
  assert.deepEqual(decodeMessage([Buffer.from("a"), Buffer.from("b"), ...frames], "key"), message);
});

test("decodeMessage() refuses a changed message and another key", () => {
  const changed = [...frames.slice(0, 5), Buffer.from('{"code":"2 + 2"}')];
  const expected = {
    message: "decodeMessage(): the signature does not fit the key; the message came from another session",
  };
  assert.throws(() => decodeMessage(changed, "key"), expected);
  assert.throws(() => decodeMessage(frames, "other"), expected);
});

test("decodeMessage() refuses frames that are no message", () => {
  const expected = new SyntaxError("decodeMessage(): 3 frames are no Jupyter message, five after <IDS|MSG> are wanted");
  assert.throws(() => decodeMessage(frames.slice(0, 3), "key"), expected);
});

test("encodeMessage() signs nothing under an empty key, and decodeMessage() then checks nothing", () => {
  const unsigned = encodeMessage(message, "");
  assert.equal(unsigned[1], "");
  assert.deepEqual(
    decodeMessage(
      unsigned.map((frame) => Buffer.from(frame)),
      "",
    ),
    message,
  );
});
