import type { Converter } from "./converter";

/** A converter that tells when it is at work: TypeScript's parser and binder take no other text meanwhile. */
export interface BusyConverter {
  converter: Converter;
  isBusy(): boolean;
}

/** Counts the calls of a converter that have not returned. */
export function busyConverter({
  convert,
  settle,
  isSettled,
  share,
  keep,
  declareAny,
  inspect,
  complete,
  addModule,
}: Converter): BusyConverter {
  let open = 0;
  const counted =
    <Given extends unknown[], Result>(work: (...given: Given) => Result) =>
    (...given: Given): Result => {
      open++;
      try {
        return work(...given);
      } finally {
        open--;
      }
    };
  return {
    converter: {
      convert: counted(convert),
      settle: counted(settle),
      isSettled,
      share: counted(share),
      keep: counted(keep),
      declareAny: counted(declareAny),
      inspect: counted(inspect),
      complete: counted(complete),
      addModule: counted(addModule),
    },
    isBusy: () => open > 0,
  };
}
