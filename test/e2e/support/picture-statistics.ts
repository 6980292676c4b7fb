import type { Page } from 'playwright-core';

export interface PictureStatistics {
  /** Luminance, 0 to 255. */
  mean: number;
  deviation: number;
  /** Distinct colours at 4 bits a channel. */
  colours: number;
  /** Shares of all pixels. */
  black: number;
  edges: number;
}

const EDGE = 14;
const BLACK = 8;

/** What a screenshot is like, in figures that survive small changes of the picture. Decoded by the browser itself. */
export async function pictureStatistics(page: Page): Promise<PictureStatistics> {
  const png = (await page.screenshot()).toString('base64');
  const source = `(${measure.toString()})(${JSON.stringify(png)}, ${EDGE}, ${BLACK})`;
  return page.evaluate<PictureStatistics>(source);
}

async function measure(png: string, edge: number, black: number): Promise<PictureStatistics> {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
  const count = data.length / 4;
  const colours = new Set<number>();
  let [sum, squares, edges, blacks, before] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [data[i * 4], data[i * 4 + 1], data[i * 4 + 2]];
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    sum += light;
    squares += light * light;
    if (Math.abs(light - before) > edge) edges += 1;
    if (light < black) blacks += 1;
    before = light;
    colours.add(((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4));
  }
  const mean = sum / count;
  const deviation = Math.sqrt(squares / count - mean * mean);
  return { mean, deviation, colours: colours.size, black: blacks / count, edges: edges / count };
}
