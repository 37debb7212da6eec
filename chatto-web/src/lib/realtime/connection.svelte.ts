import type { PresenceChoice } from '../api/types';
import type { Activity } from '../presence/activity';
import { reconnectDelay } from './backoff';
import { decodeFrame, type ControlFrame, type LiveEvent } from './events';

export type ConnectionState =
  | { name: 'stopped' }
  | { name: 'connecting'; attempt: number }
  | { name: 'connected' }
  /** Waiting to try again at `retryAt` (milliseconds of this machine's clock). */
  | { name: 'waiting'; retryAt: number; attempt: number };

export interface ConnectionListener {
  /** Something happened; called in the order of the server. */
  event(event: LiveEvent): void;
  /** The feed is live; without `resumed` there may be a gap and what is shown must be loaded again. */
  ready(resumed: boolean, presence: PresenceChoice | undefined): void;
  /** An attempt to connect failed. The browser does not say why; the session may have ended. */
  failed(): void;
  /** The server ended the session for good, for example because it is no longer valid. */
  ended(reason: string): void;
}

const MISSED_HEARTBEATS = 3;
const HANDSHAKE_MILLIS = 10_000;

/** The one WebSocket of this tab: connects, resumes from its cursor, notices silence, and tries again for ever. */
export class Connection {
  state: ConnectionState = $state({ name: 'stopped' });
  /** True while the server has lost its storage: nothing new arrives although the socket is open. */
  stale = $state(false);

  private socket: WebSocket | undefined;
  private cursor: string | undefined;
  private activity: Activity = 'online';
  private attempt = 0;
  private heartbeatMillis = 15_000;
  private silentBeats = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private beatTimer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly url: string,
    private readonly listener: ConnectionListener,
  ) {}

  start(): void {
    if (this.state.name !== 'stopped') return;
    this.attempt = 0;
    this.connect();
  }

  /** Ends the feed and forgets its place. */
  stop(): void {
    this.drop();
    this.cursor = undefined;
    this.stale = false;
    this.state = { name: 'stopped' };
  }

  /** Tries at once when it is waiting; does nothing otherwise. */
  retryNow(): void {
    if (this.state.name === 'waiting') this.connect();
  }

  /** Tells the server something when there is a connection; returns whether there is one. */
  say(frame: object): boolean {
    if (this.state.name !== 'connected' || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Whether somebody uses this tab: the server is told at once, or when the next connection begins. */
  report(activity: Activity): void {
    this.activity = activity;
    this.say({ type: 'presence', state: activity });
  }

  private connect(): void {
    this.drop();
    this.state = { name: 'connecting', attempt: this.attempt };
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.retryTimer = setTimeout(() => this.lost(socket), HANDSHAKE_MILLIS);
    socket.onopen = () => {
      const presence = this.activity === 'online' ? undefined : this.activity;
      socket.send(JSON.stringify({ type: 'hello', cursor: this.cursor, presence }));
    };
    socket.onmessage = (message) => {
      if (socket === this.socket) this.receive(socket, String(message.data));
    };
    socket.onclose = () => this.lost(socket);
  }

  private receive(socket: WebSocket, text: string): void {
    this.silentBeats = 0;
    let frame;
    try {
      frame = decodeFrame(text);
    } catch (error) {
      // A frame that breaks the contract may hide an event: begin anew from a state that is surely whole.
      console.error('Unreadable realtime frame', error);
      this.cursor = undefined;
      this.lost(socket);
      return;
    }
    if (frame.kind === 'control') {
      this.control(socket, frame.frame);
      return;
    }
    if (frame.kind === 'event') this.listener.event(frame.event);
    if (frame.cursor !== undefined) this.cursor = frame.cursor;
  }

  private control(socket: WebSocket, frame: ControlFrame): void {
    switch (frame.type) {
      case 'ready':
        clearTimeout(this.retryTimer);
        this.attempt = 0;
        this.heartbeatMillis = Math.max(1, frame.heartbeatSeconds) * 1000;
        this.cursor = frame.cursor ?? this.cursor;
        this.stale = false;
        this.state = { name: 'connected' };
        this.beat(socket);
        this.listener.ready(frame.resumed, frame.presence);
        return;
      case 'ping':
        socket.send('{"type":"pong"}');
        return;
      case 'pong':
        return;
      case 'stale':
        this.stale = frame.stale;
        return;
      case 'closing':
        if (frame.reconnect) {
          this.lost(socket);
        } else {
          this.stop();
          this.listener.ended(frame.reason);
        }
        return;
      default:
        frame satisfies never;
    }
  }

  private beat(socket: WebSocket): void {
    this.silentBeats = 0;
    clearInterval(this.beatTimer);
    this.beatTimer = setInterval(() => {
      if (this.silentBeats >= MISSED_HEARTBEATS) {
        this.lost(socket);
        return;
      }
      this.silentBeats += 1;
      if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, this.heartbeatMillis);
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    if (this.state.name === 'connecting') this.listener.failed();
    this.drop();
    const wait = reconnectDelay(this.attempt);
    this.attempt += 1;
    this.state = { name: 'waiting', retryAt: Date.now() + wait, attempt: this.attempt };
    this.retryTimer = setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    clearTimeout(this.retryTimer);
    clearInterval(this.beatTimer);
    const socket = this.socket;
    this.socket = undefined;
    if (socket !== undefined) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }
}

/** Where the realtime feed of the page's own server is. */
export function realtimeUrl(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/realtime`;
}
