import { randomUUID } from 'node:crypto';

/** A problem+json answer (RFC 9457) as a node gives it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: { readonly vi: string; readonly en: string };
}

export class ProblemAnswer extends Error {
  constructor(
    readonly problem: Problem,
    readonly request: string,
  ) {
    super(`${request}: ${problem.status} ${problem.code} ${problem.detail?.en ?? problem.title}`);
  }
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface UploadedFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly role: 'main' | 'annex' | 'attachment';
  readonly title: string;
}

/** One person's session with one node, over HTTP as a browser would hold it: cookie, CSRF token, idempotency keys. */
export class SealpostClient {
  #cookie: string | undefined;
  #csrfToken: string | undefined;

  constructor(readonly origin: string) {}

  async login(loginName: string, password: string): Promise<void> {
    const { csrfToken } = await this.post<{ csrfToken: string }>('/session', { loginName, password });
    this.#csrfToken = csrfToken;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.request<T>('GET', path)).body;
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await this.#send('GET', path);
    return new Uint8Array(await response.arrayBuffer());
  }

  async post<T>(path: string, body: object = {}): Promise<T> {
    return (await this.request<T>('POST', path, JSON.stringify(body), { 'content-type': 'application/json' }))
      .body;
  }

  async upload<T>(path: string, file: UploadedFile): Promise<T> {
    const form = new FormData();
    form.append('role', file.role);
    form.append('title', file.title);
    form.append('file', new Blob([new Uint8Array(file.bytes)], { type: 'application/pdf' }), file.name);
    return (await this.request<T>('POST', path, form)).body;
  }

  async request<T>(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const response = await this.#send(method, path, body, headers);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  async #send(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { origin: this.origin, 'idempotency-key': randomUUID() }),
        ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
        ...(this.#csrfToken === undefined ? {} : { 'x-csrf-token': this.#csrfToken }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const setCookie = response.headers.getSetCookie()[0];
    if (setCookie !== undefined) this.#cookie = setCookie.split(';', 1)[0];
    if (!response.ok) throw new ProblemAnswer(await problemOf(response), `${method} ${path}`);
    return response;
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { status: response.status, code: 'NOT_A_PROBLEM', title: text.slice(0, 200) };
  }
}
