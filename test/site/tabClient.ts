import { openIndexedStorage } from "../../lib/site/kept/indexedStorage";
import { openPrivateStorage } from "../../lib/site/kept/privateStorage";
import { startPageKernel } from "../../lib/site/page/pageKernel";

Object.assign(globalThis, { startPageKernel, openIndexedStorage, openPrivateStorage });
