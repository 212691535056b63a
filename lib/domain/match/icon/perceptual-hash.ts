/** Pixels as the hash reads them: RGBA, 8 bits, a square whose side is a multiple of 32. */
interface Pixels {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** Side of the grid of mean lightness, and of its low frequencies that are kept. */
const GRID = 32;
const KEPT = 16;

/**
 * Below this median strength of the kept frequencies (orthonormal, lightness 0 to 255) they are rounding and compression
 * noise: flat colours and smooth gradients, which would be as near to each other as to anything.
 */
const PLAIN = 0.75;

/**
 * Perceptual hash of an icon on white: the signs of its 16 x 16 lowest frequencies (DCT of a 32 x 32 grid of lightness)
 * about their median, as 64 hex digits. It survives scaling, re-encoding and changed brightness, and neither turning,
 * cropping nor framing. Undefined where the image is too plain to be told from others.
 */
export function perceptualHash(icon: Pixels): string | undefined {
  const frequencies = lowFrequencies(lightness(icon));
  if (medianOf(frequencies.slice(1).map(Math.abs)) < PLAIN) return undefined;
  const median = medianOf(frequencies);
  let hex = "";
  for (let i = 0; i < frequencies.length; i += 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit += 1) digit = digit * 2 + ((frequencies[i + bit] as number) > median ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}

/** Number of bits, 0 to 256, in which two perceptual hashes differ. Throws where one is no such hash. */
export function hashDistance(a: string, b: string): number {
  if (!HASH.test(a) || !HASH.test(b)) throw new RangeError("a perceptual hash has 64 hex digits");
  let distance = 0;
  for (let i = 0; i < 64; i += 8) {
    distance += ones(Number.parseInt(a.slice(i, i + 8), 16) ^ Number.parseInt(b.slice(i, i + 8), 16));
  }
  return distance;
}

const HASH = /^[0-9a-f]{64}$/i;

function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Share of each colour in lightness (ITU-R BT.601). */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/** Mean lightness of the cells of the grid, the icon laid on white. */
function lightness({ pixels, width, height }: Pixels): Float64Array {
  const cell = width / GRID;
  if (width !== height || !Number.isInteger(cell) || pixels.length !== width * height * 4) {
    throw new RangeError("the hash reads a square of RGBA pixels");
  }
  const grid = new Float64Array(GRID * GRID);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const alpha = pixels[at + 3] as number;
      const lit = RED * (pixels[at] as number) + GREEN * (pixels[at + 1] as number) + BLUE * (pixels[at + 2] as number);
      const to = Math.floor(y / cell) * GRID + Math.floor(x / cell);
      grid[to] = (grid[to] as number) + (lit * alpha) / 255 + 255 - alpha;
    }
  }
  return grid.map((sum) => sum / (cell * cell));
}

const BASIS = Array.from({ length: KEPT }, (_, frequency) => {
  const scale = Math.sqrt((frequency === 0 ? 1 : 2) / GRID);
  return Float64Array.from({ length: GRID }, (_, at) => scale * Math.cos((Math.PI * (at + 0.5) * frequency) / GRID));
});

/** The lowest frequencies row by row, the mean first. */
function lowFrequencies(grid: Float64Array): number[] {
  const rows = Array.from({ length: GRID }, (_, y) => grid.subarray(y * GRID, (y + 1) * GRID));
  const across = BASIS.map((wave) => Float64Array.from(rows, (row) => dot(wave, row)));
  return BASIS.flatMap((wave) => across.map((column) => dot(wave, column)));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
