/** A refusal as the server words it: RFC 9457 with a stable code and both languages. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: { readonly vi: string; readonly en: string };
  readonly errors?: readonly {
    readonly field: string;
    readonly code: string;
    readonly vi: string;
    readonly en: string;
  }[];
  readonly requestId?: string;
  /** With PIN_WRONG: tries before the key is locked. */
  readonly attemptsLeft?: number;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

interface SendOptions {
  /** Version of the row as it was shown; the server answers 412 when somebody else changed it since. */
  readonly version?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The same for all tries of one request, so that it is carried out once; by default each call is a request of its own. */
  readonly key?: string | undefined;
  /** Told while a body is sent: 0…1. */
  readonly onProgress?: ((part: number) => void) | undefined;
}

let csrfToken = '';

/** The token that every changing request repeats (from the answer to GET or POST /session). */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

let whenLoggedOut: () => void = () => undefined;

/** Tells whenever the server knows no session, whichever request learns it first. */
export function onLoggedOut(listener: () => void): void {
  whenLoggedOut = listener;
}

const base = '/api/v1';

/** @throws ProblemError for any refusal, also when the server cannot be reached (`OFFLINE`) */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await reach(base + path, {
    headers: { accept: 'application/json' },
    ...(signal && { signal }),
  });
  return (await answerOf(response)) as T;
}

/** The bytes of a file. @throws ProblemError */
export async function getBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await reach(base + path, signal ? { signal } : {});
  if (!response.ok) await answerOf(response);
  return new Uint8Array(await response.arrayBuffer());
}

export interface ReceivedFile {
  readonly bytes: Blob;
  /** As the server names it; null where it does not. */
  readonly fileName: string | null;
}

/**
 * A file as it comes, telling after each piece how many bytes have come, and of how many where that is known.
 *
 * @throws ProblemError also when the server breaks off in the middle (`OFFLINE`)
 */
export async function getFile(
  path: string,
  onProgress: (received: number, total: number | null) => void,
  signal: AbortSignal,
): Promise<ReceivedFile> {
  const response = await reach(base + path, { signal });
  if (!response.ok || response.body === null) await answerOf(response);
  const length = response.headers.get('content-length');
  const total = length === null ? null : Number(length);
  const pieces: BlobPart[] = [];
  let received = 0;
  try {
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      pieces.push(piece);
      received += piece.byteLength;
      onProgress(received, total);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError(offline);
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return { bytes: new Blob(pieces, { type }), fileName: fileNameOf(response) };
}

function fileNameOf(response: Response): string | null {
  const disposition = response.headers.get('content-disposition') ?? '';
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  const [, plain] = /filename="([^"]+)"/i.exec(disposition) ?? [];
  return encoded === undefined ? (plain ?? null) : decodeURIComponent(encoded);
}

/** Sends JSON. Each call carries an idempotency key of its own. @throws ProblemError */
export async function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown = {},
  { version, signal }: SendOptions = {},
): Promise<T> {
  const response = await reach(base + path, {
    method,
    headers: { ...changing(version), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  return (await answerOf(response)) as T;
}

/** Sends a form with files; the only way a browser tells how far an upload is. @throws ProblemError */
export function upload<T>(
  path: string,
  form: FormData,
  { version, signal, key, onProgress }: SendOptions = {},
): Promise<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status < 400) resolve(body as T);
      else reject(refusalOf(request.status, body));
    });
    request.addEventListener('error', () => {
      reject(new ProblemError(offline));
    });
    request.addEventListener('abort', () => {
      reject(new DOMException('cancelled', 'AbortError'));
    });
  });
  request.open('POST', base + path);
  for (const [name, value] of Object.entries(changing(version, key))) request.setRequestHeader(name, value);
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    onProgress?.(total === 0 ? 0 : loaded / total),
  );
  signal?.addEventListener('abort', () => {
    request.abort();
  });
  request.send(form);
  return done;
}

const offline: Problem = {
  status: 0,
  code: 'OFFLINE',
  title: 'The server does not answer',
  detail: {
    vi: 'Không liên lạc được với máy chủ. Kiểm tra mạng rồi thử lại; việc đang làm vẫn còn trên trang.',
    en: 'The server does not answer. Check the network and try again; your work is still on the page.',
  },
};

function changing(version: number | undefined, key: string = crypto.randomUUID()): Record<string, string> {
  return {
    'x-csrf-token': csrfToken,
    'idempotency-key': key,
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError(offline);
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const body = parsed(await response.text());
  if (!response.ok) throw refusalOf(response.status, body);
  return body;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusalOf(status: number, body: unknown): ProblemError {
  if (status === 401) whenLoggedOut();
  return new ProblemError(problemOf(status, body));
}

function problemOf(status: number, body: unknown): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body) return body as Problem;
  return { ...offline, status, code: 'ANSWER_UNREADABLE' };
}
