import { randomUUID } from 'node:crypto';
import { demoPassword } from '#directory';

/** What came back, whatever it was. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined for anything else. */
  readonly body: unknown;
  readonly bytes: Uint8Array;
  /** `X-Request-Id`: by it the entries of this request are found in the trail. */
  readonly requestId: string;
  /** `200`, or status and code of a problem: `404 DOCUMENT_NOT_FOUND`. */
  readonly outcome: string;
}

export interface Call {
  readonly json?: unknown;
  /** A body as it is, with its type; for what no JSON library would send. */
  readonly raw?: { readonly type: string; readonly text: string };
  readonly form?: FormData;
  /** Added to, or with null taken from, what a browser on our page would send. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** One person's browser, or with nobody logged in anybody's; unlike `SealpostClient` it takes every answer as it comes. */
export class Caller {
  #cookie: string | undefined;
  #csrfToken: string | undefined;

  constructor(readonly origin: string) {}

  get cookie(): string | undefined {
    return this.#cookie;
  }

  get csrfToken(): string | undefined {
    return this.#csrfToken;
  }

  /** @throws Error when the login is refused */
  async login(loginName: string, password = demoPassword): Promise<this> {
    const reply = await this.post('/session', { loginName, password });
    if (reply.status !== 201) throw new Error(`${loginName} cannot log in: ${reply.outcome}`);
    this.#cookie = reply.headers.getSetCookie()[0]?.split(';', 1)[0];
    this.#csrfToken = (reply.body as { csrfToken: string }).csrfToken;
    return this;
  }

  get(path: string): Promise<Reply> {
    return this.call('GET', path);
  }

  post(path: string, json: unknown = {}, headers: Call['headers'] = {}): Promise<Reply> {
    return this.call('POST', path, { json, headers });
  }

  upload(path: string, file: Upload, headers: Call['headers'] = {}): Promise<Reply> {
    return this.call('POST', path, { form: formOf(file), headers });
  }

  /** `path` is below /api/v1, or whole if it starts with `//`. */
  async call(method: string, path: string, { json, raw, form, headers = {} }: Call = {}): Promise<Reply> {
    const body = form ?? raw?.text ?? (json === undefined ? undefined : JSON.stringify(json));
    const type = raw?.type ?? (json === undefined ? undefined : 'application/json');
    const sent: Record<string, string | null | undefined> = {
      cookie: this.#cookie,
      'content-type': form ? undefined : type,
      ...(method === 'GET' ? {} : { origin: this.origin, 'x-csrf-token': this.#csrfToken }),
      ...headers,
    };
    const given = Object.entries(sent).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const url = path.startsWith('//') ? `${this.origin}${path.slice(1)}` : `${this.origin}/api/v1${path}`;
    const response = await fetch(url, {
      method,
      headers: given,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    return replyOf(response);
  }
}

export interface Upload {
  readonly bytes: Uint8Array;
  readonly role?: string;
  readonly name?: string;
  readonly title?: string;
}

export function formOf({ bytes, role = 'main', name = 'van-ban.pdf', title }: Upload): FormData {
  const form = new FormData();
  form.append('role', role);
  if (title !== undefined) form.append('title', title);
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), name);
  return form;
}

/** A key for one request, as a page makes it. */
export const idempotencyKey = (): string => randomUUID();

async function replyOf(response: Response): Promise<Reply> {
  // A stream would never end by itself.
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  const bytes = isStream ? new Uint8Array() : new Uint8Array(await response.arrayBuffer());
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  const body: unknown = isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
  const { status, headers } = response;
  const code = status >= 400 ? (body as { code?: unknown } | undefined)?.code : undefined;
  return {
    status,
    headers,
    body,
    bytes,
    requestId: headers.get('x-request-id') ?? '',
    outcome: typeof code === 'string' ? `${status} ${code}` : String(status),
  };
}
