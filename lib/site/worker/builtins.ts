import assert from "node:assert";
import strict from "node:assert/strict";
import asyncHooks from "node:async_hooks";
import buffer from "node:buffer";
import childProcess from "node:child_process";
import crypto from "node:crypto";
import events from "node:events";
import fs from "node:fs";
import promises from "node:fs/promises";
import module from "node:module";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import querystring from "node:querystring";
import stream from "node:stream";
import stringDecoder from "node:string_decoder";
import timersPromises from "node:timers/promises";
import url from "node:url";
import util from "node:util";
import v8 from "node:v8";
import vm from "node:vm";
import workerThreads from "node:worker_threads";
import zlib from "node:zlib";
import { console } from "../machine/console";
import * as http from "../machine/http";
import * as net from "../machine/net";
import { addBuiltin, refuseOtherBuiltins } from "../machine/knownModules";

const timers = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };

/** Lets cells require Node's modules, and lays links into the virtual file system. */
export function addBuiltins(links: Record<string, string>): void {
  for (const [path, target] of Object.entries(links)) fs.symlinkSync(target, path);
  for (const folder of ["/tmp", "/home"]) fs.mkdirSync(folder, { recursive: true });
  const modules = {
    ...{
      assert,
      "assert/strict": strict,
      async_hooks: asyncHooks,
      buffer,
      child_process: childProcess,
      console,
      crypto,
    },
    ...{ events, fs, "fs/promises": promises, module, os, path, "path/posix": path, process, querystring, stream },
    ...{ string_decoder: stringDecoder, timers, "timers/promises": timersPromises, url, util },
    ...{
      "util/types": util.types,
      v8,
      vm,
      worker_threads: workerThreads,
      zlib,
      http,
      net,
      perf_hooks: { performance },
    },
  };
  for (const [name, module] of Object.entries(modules)) addBuiltin(name, module);
  refuseOtherBuiltins();
}
