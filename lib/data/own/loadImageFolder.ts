import * as fs from "node:fs";
import * as path from "node:path";
import sharp from "sharp";
import type { OwnSet } from "./ownSet";

/** Pictures with their classes. */
export interface ImageFolder extends OwnSet {
  /** [pictures, height, width, channels] row after row, 0 to 255. */
  x: Uint8Array;
  /** [pictures] */
  y: Int32Array;
  /** The names of the folders, in the order of their letters. */
  classNames: string[];
  /** The file of each picture. */
  files: string[];
}

/** Options of `loadImageFolder`. */
export interface ImageFolderOptions {
  /** Pixels of a picture's edge, or [height, width]. Default 64. Pictures are stretched to it. */
  size?: number | [height: number, width: number];
  /** 3 for colours, 1 for grey levels. Default 3. */
  channels?: 1 | 3;
  /** Leave out files that cannot be read as pictures, instead of an error. Default false. */
  skipBroken?: boolean;
  /** Called with what is left out, and, every two seconds, how far it is. */
  log?: (line: string) => void;
}

/** Ends of the names of files that are taken for pictures. */
const PICTURE = /\.(png|jpe?g|webp|gif|bmp|tiff?|avif)$/i;

/** Pictures that are decoded at a time. */
const AT_ONCE = 8;

/** Milliseconds between two lines about the progress. */
const PACE = 2000;

/** Files named in an error. */
const NAMED = 5;

/**
 * Loads pictures out of a folder that holds a folder for each class, as Keras' `image_dataset_from_directory` does. A
 * class is named after its folder; pictures may lie deeper in it. Classes and pictures come in the order of their names. What
 * is hidden is left out, and what macOS leaves beside the files that it packs.
 *
 * @throws RangeError when there is no such folder, or no folder of a class with a picture in it, and for options;
 * SyntaxError with their names when files are no pictures
 */
export async function loadImageFolder(folder: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  const { size = 64, channels = 3, skipBroken = false, log = console.log } = options;
  const [height, width] = checkedSize(size);
  if (channels !== 1 && channels !== 3) throw new RangeError(`loadImageFolder(): channels is ${channels}; give 1 or 3`);
  const classNames = classFolders(folder);
  const found = classNames.flatMap((name, label) =>
    picturesIn(path.join(folder, name)).map((file) => ({ file, label })),
  );
  checkClasses(folder, classNames, new Set(found.map(({ label }) => label)));

  const length = height * width * channels;
  const x = new Uint8Array(found.length * length);
  const broken = new Map<number, string>();
  let [next, reportedAt] = [0, Date.now()];
  const work = async () => {
    for (let place = next++; place < found.length; place = next++) {
      try {
        x.set(await decode(found[place].file, { height, width, channels }), place * length);
      } catch (error) {
        broken.set(place, (error as Error).message.split("\n")[0]);
      }
      if (Date.now() - reportedAt < PACE) continue;
      reportedAt = Date.now();
      log(`${next} of ${found.length} pictures`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  if (broken.size > 0 && !skipBroken) throw brokenError(found, broken);
  if (broken.size > 0) log(`${broken.size} of ${found.length} files are left out, for they are no pictures`);
  const whole = found.map((_, place) => place).filter((place) => !broken.has(place));
  whole.forEach((place, at) => x.copyWithin(at * length, place * length, (place + 1) * length));
  return {
    x: broken.size > 0 ? x.slice(0, whole.length * length) : x,
    shape: [whole.length, height, width, channels],
    y: Int32Array.from(whole, (place) => found[place].label),
    classNames,
    files: whole.map((place) => found[place].file),
  };
}

function checkedSize(size: number | [number, number]): [number, number] {
  const [height, width] = typeof size === "number" ? [size, size] : size;
  if ([height, width].every((edge) => Number.isInteger(edge) && edge > 0)) return [height, width];
  throw new RangeError(`loadImageFolder(): size is ${size}; give a whole number of pixels, or [height, width]`);
}

function classFolders(folder: string): string[] {
  const place = path.resolve(folder);
  if (!fs.existsSync(folder))
    throw new RangeError(`loadImageFolder(): there is no folder ${place}; paths begin at the notebook's folder`);
  if (!fs.statSync(folder).isDirectory())
    throw new RangeError(`loadImageFolder(): ${place} is a file; give the folder that holds a folder for each class`);
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const isFolder = (name: string) => fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory();
  const names = entries.map(({ name }) => name).filter((name) => !isLeftover(name) && isFolder(name));
  if (names.length > 0) return names.sort();
  const pictures = entries.filter(({ name }) => PICTURE.test(name)).length;
  const why = pictures > 0 ? `${pictures} pictures lie in it directly` : "it is empty of folders";
  throw new RangeError(
    `loadImageFolder(): ${place} has no folder for a class, ${why}; put the pictures of each class in a folder of its name`,
  );
}

/** What is hidden, and what macOS leaves beside the files that it packs. */
function isLeftover(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX";
}

function picturesIn(folder: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true }) as string[];
  return names
    .filter((name) => PICTURE.test(name) && !name.split(path.sep).some(isLeftover))
    .sort()
    .map((name) => path.join(folder, name));
}

function checkClasses(folder: string, classNames: string[], labels: Set<number>): void {
  const empty = classNames.filter((_, label) => !labels.has(label));
  if (empty.length === 0) return;
  const places = empty.map((name) => path.join(path.resolve(folder), name));
  throw new RangeError(
    `loadImageFolder(): there is no picture in ${places.join(", ")}; fill or remove the folder (PNG, JPEG, WebP, GIF, TIFF and AVIF are read)`,
  );
}

interface Form {
  height: number;
  width: number;
  channels: 1 | 3;
}

async function decode(file: string, { height, width, channels }: Form): Promise<Uint8Array> {
  const picture = sharp(file, { pages: 1 })
    .rotate()
    .flatten({ background: "white" })
    .resize(width, height, { fit: "fill" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .removeAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  if (info.channels === channels) return data;
  return Uint8Array.from(
    { length: height * width * channels },
    (_, i) => data[Math.floor(i / channels) * info.channels],
  );
}

function brokenError(found: { file: string }[], broken: Map<number, string>): SyntaxError {
  const named = [...broken].slice(0, NAMED).map(([place, why]) => `${found[place].file} (${why})`);
  const more = broken.size > NAMED ? ` and ${broken.size - NAMED} more` : "";
  return new SyntaxError(
    `loadImageFolder(): ${broken.size} of ${found.length} files are no pictures: ${named.join(", ")}${more}; remove them, or pass { skipBroken: true }`,
  );
}
