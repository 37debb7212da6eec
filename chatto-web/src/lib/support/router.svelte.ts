export type Route =
  | { name: 'home' }
  | {
      name: 'room';
      roomId: string;
      ordinal: number | undefined;
      thread: number | undefined;
      /** A reply within the thread. */
      reply: number | undefined;
    }
  | { name: 'saved' }
  | { name: 'search'; query: string; roomId: string | undefined }
  | { name: 'notifications' }
  | { name: 'threads' }
  | { name: 'sign-in' }
  | { name: 'sign-up' }
  | { name: 'setup'; token: string }
  | { name: 'not-found' };

/** Reads the route of an address on this server. */
export function parseRoute(url: Pick<URL, 'pathname' | 'search' | 'hash'>): Route {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const [first, second, third] = parts;
  if (first === undefined) return { name: 'home' };
  if (first === 'saved' && second === undefined) return { name: 'saved' };
  if (first === 'search' && second === undefined) {
    const query = new URLSearchParams(url.search);
    return { name: 'search', query: query.get('q') ?? '', roomId: query.get('room') ?? undefined };
  }
  if (first === 'notifications' && second === undefined) return { name: 'notifications' };
  if (first === 'threads' && second === undefined) return { name: 'threads' };
  if (first === 'sign-in' && second === undefined) return { name: 'sign-in' };
  if (first === 'sign-up' && second === undefined) return { name: 'sign-up' };
  if (first === 'setup' && second === undefined) return { name: 'setup', token: url.hash.replace(/^#/u, '') };
  if (first === 'rooms' && second !== undefined && parts.length <= 3) {
    const ordinal = parseOrdinal(third);
    if (third === undefined || ordinal !== undefined) {
      const query = new URLSearchParams(url.search);
      const thread = parseOrdinal(query.get('thread') ?? undefined);
      const reply = thread === undefined ? undefined : parseOrdinal(query.get('reply') ?? undefined);
      return { name: 'room', roomId: decodeURIComponent(second), ordinal, thread, reply };
    }
  }
  return { name: 'not-found' };
}

export function roomPath(roomId: string, ordinal?: number): string {
  const path = `/rooms/${encodeURIComponent(roomId)}`;
  return ordinal === undefined ? path : `${path}/${ordinal}`;
}

/** The address of what is found for a query, perhaps in one room. */
export function searchPath(query: string, roomId?: string): string {
  const parameters = new URLSearchParams();
  if (query !== '') parameters.set('q', query);
  if (roomId !== undefined) parameters.set('room', roomId);
  const text = parameters.toString();
  return text === '' ? '/search' : `/search?${text}`;
}

export function threadPath(roomId: string, root: number): string {
  return `${roomPath(roomId)}?thread=${root}`;
}

/** The address that opens at a message. */
export function messagePath(place: {
  roomId: string;
  ordinal: number;
  threadRoot: number | undefined;
}): string {
  return place.threadRoot === undefined
    ? roomPath(place.roomId, place.ordinal)
    : `${threadPath(place.roomId, place.threadRoot)}&reply=${place.ordinal}`;
}

function parseOrdinal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

/** Follows the address bar, and takes over the links of this page that stay within the application. */
export class Router {
  route: Route = $state.raw({ name: 'home' });
  /** Counts navigations, so that going to the shown address again (a link to a message) is noticed. */
  visits = $state(0);

  start(): () => void {
    const read = (): void => this.read();
    const click = (event: MouseEvent): void => this.click(event);
    this.read();
    window.addEventListener('popstate', read);
    window.addEventListener('hashchange', read);
    document.addEventListener('click', click);
    return () => {
      window.removeEventListener('popstate', read);
      window.removeEventListener('hashchange', read);
      document.removeEventListener('click', click);
    };
  }

  go(path: string): void {
    if (path !== location.pathname + location.search + location.hash) history.pushState(null, '', path);
    this.read();
  }

  replace(path: string): void {
    history.replaceState(null, '', path);
    this.read();
  }

  private read(): void {
    this.route = parseRoute(new URL(location.href));
    this.visits += 1;
  }

  private click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.origin !== location.origin) return;
    if (link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    this.go(link.pathname + link.search + link.hash);
  }
}
