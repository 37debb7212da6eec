import { ApiError, problemError } from './error';
import { DecodeError, type Decoder } from './decode';
import { send } from './sending';

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Sent as it is, instead of a body. */
  upload?: Blob;
  headers?: Record<string, string>;
  timeoutMillis?: number;
  /** Ends the call early; it then fails like one without an answer. */
  signal?: AbortSignal;
  /** Told how many bytes of the upload have gone; the call then takes as long as something moves. */
  onSent?: (bytes: number) => void;
}

const TIMEOUT_MILLIS = 15_000;
const CSRF_COOKIE = 'chatto_csrf';

/** Sends JSON calls with the session's cookie and turns every failure into an {@link ApiError}. */
export class Http {
  /** Called when the server no longer knows the session. */
  onUnauthenticated: () => void = () => undefined;

  constructor(private readonly base = '/api/v1') {}

  /** Whether this browser holds a session, which the server may have ended in the meantime. */
  hasSession(): boolean {
    return Boolean(readCookie(document.cookie, CSRF_COOKIE));
  }

  async send<T>(call: Call, decoder: Decoder<T>): Promise<T> {
    const body = await this.exchange(call);
    try {
      return decoder(body, '');
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      throw new ApiError('protocol', `The server's answer was not understood (${error.message}).`);
    }
  }

  async sendForNothing(call: Call): Promise<void> {
    await this.exchange(call);
  }

  private async exchange(call: Call): Promise<unknown> {
    const response = await this.fetch(call);
    const body = await readJson(response);
    if (response.ok) return body;
    const error = problemError(response.status, body, response.headers.get('Retry-After'));
    if (response.status === 401 && error.code === 'unauthenticated') this.onUnauthenticated();
    throw error;
  }

  private async fetch(call: Call): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...call.headers };
    if (call.body !== undefined) headers['Content-Type'] = 'application/json';
    if (call.method !== 'GET') {
      const token = readCookie(document.cookie, CSRF_COOKIE);
      if (token !== undefined) headers['X-CSRF-Token'] = token;
    }
    const url = this.base + call.path + queryString(call.query);
    const { method, upload, signal, onSent } = call;
    try {
      if (upload !== undefined && onSent !== undefined)
        return await send(url, { method, headers, body: upload, signal, onSent });
      return await fetch(url, {
        method,
        headers,
        credentials: 'same-origin',
        signal: endOf(call),
        ...(upload === undefined ? {} : { body: upload }),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
    } catch {
      throw new ApiError('network', 'The server cannot be reached.');
    }
  }
}

function endOf(call: Call): AbortSignal {
  const timeout = AbortSignal.timeout(call.timeoutMillis ?? TIMEOUT_MILLIS);
  return call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
}

async function readJson(response: Response): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch {
    throw new ApiError('network', 'The connection broke off.');
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (!response.ok) return undefined;
    throw new ApiError('protocol', 'The server sent an answer that was not understood.');
  }
}

export function queryString(query: Call['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

export function readCookie(cookies: string, name: string): string | undefined {
  for (const part of cookies.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return decodeURIComponent(value.join('='));
  }
  return undefined;
}
