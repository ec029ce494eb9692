import { Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { getBytes } from '../api/client';
import { ProblemAlert } from './problem-alert';
import { Loading } from './loading';

interface Props {
  /** Path of the bytes below /api/v1; a changed path is another file. */
  readonly path: string;
  /** Read out as the name of the file. */
  readonly label: string;
  /** Page to begin with, from 1. */
  readonly page?: number;
  readonly onPage?: (page: number) => void;
  /** Laid over the page that is shown; positions in points from the lower left of the page. */
  readonly overlay?: (page: ShownPage) => ReactNode;
}

export interface ShownPage {
  /** From 1. */
  readonly number: number;
  /** Of the page as shown, in points. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen per point. */
  readonly scale: number;
}

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

/**
 * A PDF page by page, sharp at any zoom and readable by a screen reader (the text lies over the picture). pdf.js is
 * loaded with the first file that is opened.
 */
export function PdfPages({ path, label, page: first = 1, onPage, overlay }: Props) {
  const { t } = useTranslation();
  const opened = useQuery({
    queryKey: ['pdf', path],
    queryFn: async ({ signal }) => {
      const [{ openPdf }, bytes] = await Promise.all([import('./open-pdf'), getBytes(path, signal)]);
      return openPdf(bytes);
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const [number, setNumber] = useState(first);
  const [zoom, setZoom] = useState<number>();
  useEffect(() => {
    setNumber(first);
  }, [first, path]);

  if (opened.isPending) return <Loading className="sealpost-pdf" />;
  if (opened.isError) return <ProblemAlert error={opened.error} />;
  const pdf = opened.data;
  const go = (to: number): void => {
    const next = Math.min(Math.max(to, 1), pdf.numPages);
    setNumber(next);
    onPage?.(next);
  };
  const step = (by: number): void => {
    const now = zooms.indexOf((zoom ?? 1) as (typeof zooms)[number]);
    setZoom(zooms[Math.min(Math.max((now === -1 ? 2 : now) + by, 0), zooms.length - 1)]);
  };
  return (
    <section aria-label={label} className="sealpost-pdf">
      <div className="sealpost-pdf__tools">
        <Button
          variant="control"
          isDisabled={number === 1}
          onClick={() => {
            go(number - 1);
          }}
        >
          {t('common.previous')}
        </Button>
        <span role="status" className="sealpost-number">
          {t('pdf.pageOf', { page: number, pages: pdf.numPages })}
        </span>
        <Button
          variant="control"
          isDisabled={number === pdf.numPages}
          onClick={() => {
            go(number + 1);
          }}
        >
          {t('common.next')}
        </Button>
        <Button
          variant="control"
          aria-label={t('pdf.smaller')}
          onClick={() => {
            step(-1);
          }}
        >
          −
        </Button>
        <Button
          variant="control"
          aria-label={t('pdf.larger')}
          onClick={() => {
            step(1);
          }}
        >
          +
        </Button>
        <Button
          variant="control"
          onClick={() => {
            setZoom(undefined);
          }}
        >
          {t('pdf.fit')}
        </Button>
      </div>
      <PageView pdf={pdf} number={Math.min(number, pdf.numPages)} zoom={zoom} overlay={overlay} />
    </section>
  );
}

interface PageViewProps {
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  /** undefined: as wide as there is room. */
  readonly zoom: number | undefined;
  readonly overlay: Props['overlay'];
}

function PageView({ pdf, number, zoom, overlay }: PageViewProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [shown, setShown] = useState<ShownPage>();

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setRoom(element.clientWidth);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);

  useEffect(() => {
    if (room === 0) return undefined;
    const stop = new AbortController();
    const draw = async (): Promise<void> => {
      const page: PDFPageProxy = await pdf.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      // 96 pixels an inch of the screen, 72 points an inch of the page.
      const scale = zoom === undefined ? Math.min(room / width, 2) : (zoom * 96) / 72;
      if (stop.signal.aborted || !canvas.current || !text.current) return;
      const { drawPage } = await import('./open-pdf');
      await drawPage({ page, scale, canvas: canvas.current, text: text.current, signal: stop.signal });
      setShown({ number, width, height, scale });
    };
    draw().catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return () => {
      stop.abort();
    };
  }, [pdf, number, zoom, room]);

  return (
    // The page is wider than its frame when it is enlarged: a frame that scrolls must be reachable by key.
    <div
      ref={frame}
      className="sealpost-pdf__frame"
      tabIndex={0}
      role="group"
      aria-label={t('pdf.page', { page: number })}
    >
      <div className="sealpost-pdf__page">
        <canvas ref={canvas} aria-hidden="true" />
        <div ref={text} className="sealpost-pdf__text" />
        {shown && overlay && <div className="sealpost-pdf__overlay">{overlay(shown)}</div>}
      </div>
    </div>
  );
}
