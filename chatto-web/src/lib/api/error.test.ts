import { describe, expect, it } from 'vitest';
import { ApiError, parseRetryAfter, problemError } from './error';
import { queryString, readCookie } from './http';

describe('problemError', () => {
  it('takes the text, the code and the field faults of a problem document', () => {
    const body = {
      detail: 'Taken.',
      code: 'login-taken',
      errors: [{ field: 'login', message: 'Is taken.' }],
    };

    const error = problemError(409, body, null);

    expect(error).toMatchObject({ message: 'Taken.', code: 'login-taken', status: 409, temporary: false });
    expect(error.faultOf('login')).toBe('Is taken.');
  });

  it('falls back to the type and to a text of its own', () => {
    const error = problemError(503, { type: 'urn:chatto:problem:unavailable' }, '2');

    expect(error).toMatchObject({ code: 'unavailable', temporary: true, retryAfterMillis: 2000 });
    expect(problemError(404, 'no JSON at all', null)).toMatchObject({ code: '404', status: 404 });
  });

  it('calls only those failures temporary that may pass by themselves', () => {
    expect(new ApiError('network', '').temporary).toBe(true);
    expect(problemError(429, {}, null).temporary).toBe(true);
    expect(problemError(422, {}, null).temporary).toBe(false);
  });
});

describe('parseRetryAfter', () => {
  it('reads seconds and dates', () => {
    expect(parseRetryAfter('3', 0)).toBe(3000);
    expect(parseRetryAfter('Thu, 01 Jan 1970 00:00:05 GMT', 1000)).toBe(4000);
    expect(parseRetryAfter('soon', 0)).toBeUndefined();
    expect(parseRetryAfter(null, 0)).toBeUndefined();
  });
});

describe('http helpers', () => {
  it('find a cookie by its whole name', () => {
    expect(readCookie('a=1; chatto_csrf=x%3Dy; xchatto_csrf=2', 'chatto_csrf')).toBe('x=y');
    expect(readCookie('', 'chatto_csrf')).toBeUndefined();
  });

  it('leave undefined parameters out of a query', () => {
    expect(queryString({ limit: 5, cursor: undefined })).toBe('?limit=5');
    expect(queryString({})).toBe('');
  });
});
