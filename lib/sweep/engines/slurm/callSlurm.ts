import { execFile } from "node:child_process";
import { SlurmError } from "./slurmError";

/** One of Slurm's commands, as the engine calls it. */
export type SlurmProgram = "sbatch" | "squeue" | "scancel" | "scontrol";

/** Calls one of Slurm's commands and resolves to what it printed. */
export type CallSlurm = (program: SlurmProgram, words: string[]) => Promise<string>;

/**
 * Calls Slurm's own commands.
 *
 * @throws SlurmError, with what the command said and what helps, where it is not there, fails, or gets no answer
 */
export const callSlurm: CallSlurm = (program, words) => {
  const env = { ...process.env, SLURM_TIME_FORMAT: "standard" };
  return new Promise((resolve, reject) => {
    execFile(program, words, { env, maxBuffer: Infinity }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(error.code === "ENOENT" ? noSlurm(program) : refusal(program, stderr, error.message));
    });
  });
};

/** Parts of what Slurm's commands say, and what helps then. */
const CURES: [said: RegExp, cure: string][] = [
  [/contact slurm controller|connect failure|timed out/i, "its controller, slurmctld, must run; scontrol ping tells"],
  [
    /configuration (source|file)|stat file/i,
    "this machine has no slurm.conf; start the sweep on a machine of the cluster",
  ],
  [/partition name/i, "give another --partition; sinfo -s lists them"],
  [/node configuration|memory spec|cpu count|more processors/i, "give fewer --threads, less --memory or a --partition"],
  [/time limit/i, "give another time, as in --sbatch=--time=1:00:00"],
  [/account|qos/i, "give yours, as in --sbatch=--account=NAME; sacctmgr show assoc lists them"],
  [/submit limit|too many/i, "give fewer rows, or wait until others have ended"],
  [/unrecognized option|invalid option|requires an argument/i, "give other words to --sbatch; man sbatch lists them"],
];

const AWAY = 0; // the cure for a controller that does not answer

function noSlurm(program: SlurmProgram): SlurmError {
  return new SlurmError(
    `There is no ${program} on the path; start the sweep where Slurm's commands are, as on a login node, or without --engine slurm`,
  );
}

/** What of a command's words tells why, in one line. */
function refusal(program: SlurmProgram, stderr: string, message: string): SlurmError {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const said = (lines.at(-1) ?? message).replace(/^\w+: (error|fatal): |^\w+ error: /, "").trim();
  const place = CURES.findIndex(([pattern]) => pattern.test(said));
  const cure = place < 0 ? "" : `: ${CURES[place][1]}`;
  return new SlurmError(`Slurm's ${program} says "${said}"${cure}`, place === AWAY);
}
