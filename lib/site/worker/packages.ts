/** Packages that cells can import in a tab, by the script that holds them. */
export const PACKAGES: Record<string, string[]> = {
  tensorflow: [
    ...["@tensorflow/tfjs", "@tensorflow/tfjs-core", "@tensorflow/tfjs-layers", "@tensorflow/tfjs-data"],
    ...["@tensorflow/tfjs-converter", "@tensorflow/tfjs-backend-cpu"],
  ],
  webgpu: ["@tensorflow/tfjs-backend-webgpu"],
  arquero: ["arquero"],
  hono: ["hono"],
};
