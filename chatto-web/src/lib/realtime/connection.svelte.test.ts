import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, realtimeUrl } from './connection.svelte';
import type { LiveEvent } from './events';

/** Stands where the browser's socket stands; the test plays the server. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly sent: string[] = [];
  readyState = FakeSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (socket === undefined) throw new Error('no socket');
    return socket;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }

  receive(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

describe('Connection', () => {
  const events: LiveEvent[] = [];
  const readies: boolean[] = [];
  let failures = 0;
  let ended: string | undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    FakeSocket.all = [];
    events.length = readies.length = failures = 0;
    ended = undefined;
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function start(): Connection {
    const connection = new Connection('ws://test', {
      event: (event) => events.push(event),
      ready: (resumed) => readies.push(resumed),
      failed: () => (failures += 1),
      ended: (reason) => (ended = reason),
    });
    connection.start();
    return connection;
  }

  function ready(cursor: string, resumed: boolean): void {
    FakeSocket.last.onopen?.();
    FakeSocket.last.receive({ type: 'ready', cursor, resumed, heartbeatSeconds: 15 });
  }

  it('resumes from the cursor of the last event', () => {
    const connection = start();
    ready('1', false);
    FakeSocket.last.receive({ type: 'room.left', cursor: '5', roomId: 'r', userId: 'u' });
    expect(connection.state.name).toBe('connected');

    FakeSocket.last.onclose?.();
    expect(connection.state.name).toBe('waiting');
    vi.advanceTimersByTime(300);
    ready('5', true);

    expect(FakeSocket.last.sent[0]).toBe('{"type":"hello","cursor":"5"}');
    expect(readies).toEqual([false, true]);
    expect(events).toHaveLength(1);
    expect(failures).toBe(0);
  });

  it('notices silence after three missed heartbeats', () => {
    const connection = start();
    ready('1', false);

    vi.advanceTimersByTime(15_000 * 3);
    expect(connection.state.name).toBe('connected');
    vi.advanceTimersByTime(15_000);

    expect(connection.state.name).toBe('waiting');
  });

  it('stays connected as long as the server answers', () => {
    const connection = start();
    ready('1', false);

    for (let beat = 0; beat < 10; beat += 1) {
      vi.advanceTimersByTime(15_000);
      FakeSocket.last.receive({ type: 'pong' });
    }

    expect(connection.state.name).toBe('connected');
  });

  it('waits longer after each failed attempt and tells of it', () => {
    const connection = start();
    FakeSocket.last.onclose?.();
    vi.advanceTimersByTime(260);
    FakeSocket.last.onclose?.();

    expect(connection.state).toMatchObject({ name: 'waiting', attempt: 2 });
    expect(failures).toBe(2);
    connection.retryNow();
    expect(FakeSocket.all).toHaveLength(3);
  });

  it('begins anew after a frame that it cannot read', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    start();
    ready('1', false);
    FakeSocket.last.receive({ type: 'message.posted', cursor: '2' });
    vi.advanceTimersByTime(300);
    FakeSocket.last.onopen?.();

    expect(FakeSocket.last.sent[0]).toBe('{"type":"hello"}');
  });

  it('ends when the server says so', () => {
    const connection = start();
    ready('1', false);
    FakeSocket.last.receive({ type: 'closing', reason: 'signed out', reconnect: false });

    expect(connection.state.name).toBe('stopped');
    expect(ended).toBe('signed out');
  });

  it('tells whether somebody uses the tab, also the next connection', () => {
    const connection = start();
    ready('1', false);
    connection.report('away');
    FakeSocket.last.onclose?.();
    expect(connection.say({ type: 'lost' })).toBe(false);
    vi.advanceTimersByTime(300);
    ready('1', true);
    connection.report('online');

    expect(FakeSocket.all.map((socket) => socket.sent)).toEqual([
      ['{"type":"hello"}', '{"type":"presence","state":"away"}'],
      ['{"type":"hello","cursor":"1","presence":"away"}', '{"type":"presence","state":"online"}'],
    ]);
  });

  it('finds the feed beside the page', () => {
    expect(realtimeUrl({ protocol: 'https:', host: 'chat.example' })).toBe(
      'wss://chat.example/api/v1/realtime',
    );
  });
});
