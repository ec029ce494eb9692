import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { getDocument, GlobalWorkerOptions, TextLayer } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;

/** Opens a PDF for reading alone: no script in it runs, nothing is fetched for it. */
export function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({
    data: bytes,
    enableXfa: false,
    disableFontFace: false,
    useSystemFonts: false,
    disableAutoFetch: true,
    wasmUrl: '/pdf/wasm/',
    standardFontDataUrl: '/pdf/standard_fonts/',
    cMapUrl: '/pdf/cmaps/',
    cMapPacked: true,
  }).promise;
}

export interface Drawing {
  readonly page: PDFPageProxy;
  /** Pixels of the screen per point. */
  readonly scale: number;
  readonly canvas: HTMLCanvasElement;
  readonly text: HTMLElement;
  readonly signal: AbortSignal;
}

/** Draws a page as sharp as the screen is, with its text over it for selection and screen readers. */
export async function drawPage({ page, scale, canvas, text, signal }: Drawing): Promise<void> {
  const viewport = page.getViewport({ scale });
  const density = Math.min(window.devicePixelRatio || 1, 3);
  const sheet = document.createElement('canvas');
  sheet.width = Math.floor(viewport.width * density);
  sheet.height = Math.floor(viewport.height * density);
  const task = page.render({ canvas: sheet, viewport, transform: [density, 0, 0, density, 0, 0] });
  signal.addEventListener('abort', () => {
    task.cancel();
  });
  await task.promise;
  if (signal.aborted) return;
  // Shown only when it is whole, so that turning a page does not flicker.
  canvas.width = sheet.width;
  canvas.height = sheet.height;
  canvas.style.width = `${viewport.width}px`;
  canvas.style.height = `${viewport.height}px`;
  canvas.getContext('2d')?.drawImage(sheet, 0, 0);
  text.replaceChildren();
  text.style.setProperty('--total-scale-factor', String(scale));
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  await layer.render();
}
