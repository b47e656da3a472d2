declare module "@jspm/core/nodelibs/util" {
  import * as util from "util";
  export = util;
}

declare module "@jspm/core/nodelibs/zlib" {
  import * as zlib from "zlib";
  export = zlib;
}
