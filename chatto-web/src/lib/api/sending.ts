/** How long nothing may move, in either direction, before the connection counts as lost. */
const STILL_MILLIS = 60_000;

export interface Sending {
  method: string;
  headers: Record<string, string>;
  body: Blob;
  signal: AbortSignal | undefined;
  /** Told on the way how many bytes have gone. */
  onSent: (bytes: number) => void;
}

/**
 * Sends as `fetch` does, and tells how far it is, which `fetch` cannot. It takes as long as something moves.
 *
 * Rejects without an answer, and when it is ended by the signal.
 */
export async function send(url: string, sending: Sending): Promise<Response> {
  const { method, headers, body, signal, onSent } = sending;
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    let timer = setTimeout(abort, STILL_MILLIS);
    const moved = (): void => {
      clearTimeout(timer);
      timer = setTimeout(abort, STILL_MILLIS);
    };
    const fail = (): void => reject(new TypeError('No answer'));
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      moved();
      onSent(event.loaded);
    };
    request.onload = () => resolve(responseOf(request));
    request.onerror = request.onabort = fail;
    request.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort);
    request.send(body);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  const retryAfter = request.getResponseHeader('Retry-After');
  if (retryAfter !== null) headers.set('Retry-After', retryAfter);
  const body = request.status === 204 ? null : request.responseText;
  return new Response(body, { status: request.status, headers });
}
