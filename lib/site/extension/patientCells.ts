import { INotebookCellExecutor, runCell } from "@jupyterlab/notebook";

/** A cell to run, with what it runs in. */
type CellRun = Parameters<typeof runCell>[0];

/**
 * Runs cells once their notebook has its kernel. JupyterLab's own way asks for a kernel, or drops the cell, where "Run All" comes
 * while the kernel starts.
 */
export const patientCells = {
  id: "atelier-kernel:patient-cells",
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: () => ({
    runCell: async (run: CellRun): Promise<boolean> => {
      if (run.cell.model.type === "code") await run.sessionContext?.ready;
      return runCell(run);
    },
  }),
};
