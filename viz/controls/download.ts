import { fontStyle } from '../font.ts';

/** Offers text or bytes as a file. */
export function download(name: string, content: string | Blob, type: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has its own hold on it once the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** Browsers draw no canvas that is wider or higher, pixels. */
const CANVAS_SIDE_MAX = 16_384;

/**
 * An SVG document as a PNG at twice its size, or as large as can be, with the font of the page.
 * Rejects where the browser cannot draw it.
 */
export async function rasterise(svg: string): Promise<Blob> {
  const image = new Image();
  const style = await fontStyle();
  const styled = svg.replace(/^<svg [^>]*>/, (root) => root + style);
  // The page's policy lets images be data:, not blob:.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(styled)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(2, CANVAS_SIDE_MAX / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no PNG')) : resolve(blob)));
  });
}
