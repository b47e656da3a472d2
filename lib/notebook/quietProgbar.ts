/** What TensorFlow's native package for Node draws its bar with. */
interface ProgbarParts {
  ProgressBar: new (...args: unknown[]) => { tick(): void };
  log: (...words: unknown[]) => void;
}

const CALLBACKS_FILE = /[\\/]tfjs-node(-gpu)?[\\/]dist[\\/]callbacks\.js$/;

/**
 * Keeps the progress bar silent that TensorFlow's native package, once loaded, adds to each `model.fit` which does not say
 * `verbose: 0`. Where it is not loaded there is none, and nothing happens.
 *
 * @returns what gives the bar its voice back
 */
export function quietProgbar(): () => void {
  const loaded = Object.entries(require.cache).filter(([file]) => CALLBACKS_FILE.test(file));
  const restores = loaded.flatMap(([, module]) => {
    const parts: ProgbarParts | undefined = module?.exports?.progressBarHelper;
    if (!parts) return [];
    const { ProgressBar, log } = parts;
    Object.assign(parts, { ProgressBar: SilentBar, log: () => {} });
    return [() => void Object.assign(parts, { ProgressBar, log })];
  });
  return () => restores.forEach((restore) => restore());
}

class SilentBar {
  tick(): void {}
}
