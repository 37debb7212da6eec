import type { ChattoApi, Registration } from '../api/client';
import { ApiError } from '../api/error';
import { DEFAULT_LIMITS, type ServerInfo } from '../api/server';
import type { User } from '../api/types';
import type { ServerClock } from '../support/clock';

export type SessionState =
  | { name: 'unknown' }
  /** The server could not be asked yet who this is. */
  | { name: 'unreachable'; reason: string }
  | { name: 'signed-out'; expired: boolean }
  | { name: 'signed-in'; user: User };

/** Who is signed in on this device, and what is known of the server before that. */
export class Session {
  state: SessionState = $state.raw({ name: 'unknown' });
  server: ServerInfo | undefined = $state.raw();
  permissions: readonly string[] = $state.raw([]);

  constructor(
    private readonly api: ChattoApi,
    private readonly clock: ServerClock,
  ) {}

  get user(): User | undefined {
    return this.state.name === 'signed-in' ? this.state.user : undefined;
  }

  /** Whether the server can do something that not all can. */
  has(feature: string): boolean {
    return this.server?.features.includes(feature) ?? false;
  }

  get limits(): ServerInfo['limits'] {
    return this.server?.limits ?? DEFAULT_LIMITS;
  }

  /** Asks the server who this is. Returns false when it could not be reached. */
  async restore(): Promise<boolean> {
    try {
      await this.loadServer();
      // Without a session the answer is known, and asking would put a refusal into the browser's console.
      if (this.api.hasSession()) await this.loadMe();
      else this.state = { name: 'signed-out', expired: false };
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.state = { name: 'signed-out', expired: false };
        return true;
      }
      this.state = { name: 'unreachable', reason: error instanceof Error ? error.message : '' };
      return false;
    }
  }

  /** Reads the server's description and sets the clock by it. */
  async loadServer(): Promise<void> {
    const sentAt = Date.now();
    const server = await this.api.server();
    this.clock.adjust(server.time, sentAt, Date.now());
    this.server = server;
  }

  async signIn(login: string, password: string): Promise<void> {
    await this.api.login(login, password);
    await this.loadMe();
  }

  async signUp(registration: Registration): Promise<void> {
    await this.api.register(registration);
    await this.loadMe();
  }

  /** Ends the session on the server; when it cannot be reached the person stays signed in and is told. */
  async signOut(): Promise<void> {
    try {
      await this.api.logout();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    this.state = { name: 'signed-out', expired: false };
  }

  async claim(token: string): Promise<void> {
    await this.api.claim(token);
    // An owner may do more than before.
    await this.loadMe();
    await this.loadServer();
  }

  async rename(displayName: string): Promise<void> {
    this.update(await this.api.rename(displayName));
  }

  /** Whether the person may do something on the whole server, as in `room.create`. */
  may(permission: string): boolean {
    return this.permissions.includes(permission);
  }

  /** The server no longer accepts the session. */
  expire(): void {
    if (this.state.name === 'signed-in') this.state = { name: 'signed-out', expired: true };
  }

  private update(user: User): void {
    this.state = { name: 'signed-in', user };
  }

  /** Asks the server who this is and what they may do. */
  async loadMe(): Promise<void> {
    const me = await this.api.me();
    this.permissions = me.permissions;
    this.update(me.user);
  }
}
