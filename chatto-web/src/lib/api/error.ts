import { array, object, optional, string, withDefault } from './decode';

export interface FieldFault {
  field: string;
  message: string;
}

/**
 * The one shape of every failed call.
 *
 * `network` — no answer: no connection, or none within the time limit; whether the call took effect is unknown.
 * `problem` — the server answered with a problem document. `protocol` — it answered with something unreadable.
 */
export type ErrorKind = 'network' | 'problem' | 'protocol';

export class ApiError extends Error {
  readonly kind: ErrorKind;
  /** The HTTP status, 0 without an answer. */
  readonly status: number;
  /** The stable code of the problem; decisions are made on it, never on texts. */
  readonly code: string;
  readonly faults: FieldFault[];
  /** How long the server asked to wait, if it did. */
  readonly retryAfterMillis: number | undefined;

  constructor(
    kind: ErrorKind,
    message: string,
    details: {
      status?: number;
      code?: string;
      faults?: FieldFault[];
      retryAfterMillis?: number | undefined;
    } = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.status = details.status ?? 0;
    this.code = details.code ?? kind;
    this.faults = details.faults ?? [];
    this.retryAfterMillis = details.retryAfterMillis;
  }

  /** True when the same call may succeed later without any change to it. */
  get temporary(): boolean {
    return this.kind !== 'problem' || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  faultOf(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }
}

const decodeProblem = object({
  title: optional(string),
  detail: optional(string),
  code: optional(string),
  type: optional(string),
  errors: withDefault(
    array(object({ field: withDefault(string, ''), message: withDefault(string, '') })),
    [],
  ),
});

/** Reads a problem document; an answer that is none still becomes an error with its status. */
export function problemError(status: number, body: unknown, retryAfter: string | null): ApiError {
  const retryAfterMillis = parseRetryAfter(retryAfter, Date.now());
  try {
    const problem = decodeProblem(body, 'problem');
    return new ApiError('problem', problem.detail ?? problem.title ?? fallbackText(status), {
      status,
      code: problem.code ?? problem.type?.split(':').pop() ?? String(status),
      faults: problem.errors,
      retryAfterMillis,
    });
  } catch {
    return new ApiError('problem', fallbackText(status), { status, code: String(status), retryAfterMillis });
  }
}

/** Retry-After is either seconds or a date. */
export function parseRetryAfter(header: string | null, nowMillis: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMillis);
}

/** What to tell a person about any thrown value. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof Error ? `Something went wrong: ${error.message}` : 'Something went wrong.';
}

function fallbackText(status: number): string {
  if (status === 401) return 'You are signed out.';
  if (status === 403) return 'You are not allowed to do that.';
  if (status === 404) return 'That was not found.';
  if (status === 429) return 'Too many requests. Please wait a moment.';
  if (status >= 500) return 'The server cannot do that right now.';
  return `The server refused the request (${status}).`;
}
