import { createContext } from 'svelte';
import { ChattoApi } from '../api/client';
import { FilesApi } from '../api/files';
import { Http } from '../api/http';
import { PersonalApi } from '../api/personal';
import { SearchApi } from '../api/search';
import { NotificationsApi } from '../api/notifications';
import { MessageActions } from '../conversation/actions';
import { CodeColours } from '../conversation/code-colours';
import type { CompletionSource } from '../conversation/completion';
import { Drafts } from '../conversation/drafts.svelte';
import { mentionCompletion } from '../conversation/mentions';
import { Outbox } from '../conversation/outbox.svelte';
import { tellUnreached } from '../conversation/unreached';
import { Pins } from '../conversation/pins.svelte';
import { PreviewChoice } from '../conversation/preview.svelte';
import { TextRendering } from '../conversation/rendering';
import { Timelines } from '../conversation/timelines';
import { TypingPeople } from '../conversation/typing.svelte';
import { Saved } from '../conversation/saved.svelte';
import { emojiCompletion } from '../emoji/completion';
import { CustomEmojiList } from '../emoji/custom.svelte';
import { NamesOfEmoji } from '../emoji/names.svelte';
import { Gallery } from '../files/gallery.svelte';
import { Previews } from '../files/previews';
import { RoomFiles } from '../files/room-files.svelte';
import { Uploads } from '../files/uploads.svelte';
import { People } from '../people/people.svelte';
import { Preferences } from '../personal/preferences.svelte';
import { DesktopAlerts } from '../notification/desktop-alerts.svelte';
import { FollowedThreads } from '../notification/followed-threads.svelte';
import { Notifications } from '../notification/notifications.svelte';
import { ActivityMonitor } from '../presence/activity';
import { RecentRooms } from '../navigation/recent-rooms';
import { Presence } from '../presence/presence.svelte';
import { Connection, realtimeUrl } from '../realtime/connection.svelte';
import type { LiveEvent } from '../realtime/events';
import { Groups } from '../room/groups.svelte';
import { labelOf } from '../room/naming';
import { Rooms } from '../room/rooms.svelte';
import { Session } from '../session/session.svelte';
import { Attention } from '../support/attention.svelte';
import { ServerClock } from '../support/clock';
import { Moment } from '../support/moment.svelte';
import { Overlays } from '../support/overlays.svelte';
import { Router } from '../support/router.svelte';
import { Scattered } from '../support/scattered';
import { BrowserStorage } from '../support/storage';
import { Theme } from '../support/theme.svelte';
import { Toasts } from '../support/toasts.svelte';
import { Uuid7 } from '../support/uuid7';

/** Everything that lives as long as the page, made once and handed down by context. */
export interface Services {
  actions: MessageActions;
  activity: ActivityMonitor;
  api: ChattoApi;
  personalApi: PersonalApi;
  attention: Attention;
  clock: ServerClock;
  codeColours: CodeColours;
  /** What can be completed wherever text is written. */
  completions: readonly CompletionSource[];
  connection: Connection;
  customEmoji: CustomEmojiList;
  desktopAlerts: DesktopAlerts;
  drafts: Drafts;
  emojiNames: NamesOfEmoji;
  filesApi: FilesApi;
  followedThreads: FollowedThreads;
  gallery: Gallery;
  groups: Groups;
  keys: Uuid7;
  moment: Moment;
  notifications: Notifications;
  notificationsApi: NotificationsApi;
  outbox: Outbox;
  overlays: Overlays;
  people: People;
  preferences: Preferences;
  pins: Pins;
  presence: Presence;
  previewing: PreviewChoice;
  previews: Previews;
  recentRooms: RecentRooms;
  rendering: TextRendering;
  roomFiles: RoomFiles;
  rooms: Rooms;
  router: Router;
  saved: Saved;
  searchApi: SearchApi;
  session: Session;
  theme: Theme;
  timelines: Timelines;
  toasts: Toasts;
  typing: TypingPeople;
  uploads: Uploads;
}

export const [useServices, provideServices] = createContext<Services>();

/** Wires the parts together; the only place that knows all of them. */
export function createServices(): Services {
  const http = new Http();
  const api = new ChattoApi(http);
  const storage = new BrowserStorage();
  const clock = new ServerClock();
  const keys = new Uuid7(() => clock.now());
  const session = new Session(api, clock);
  const viewer = (): string | undefined => session.user?.id;
  const personalApi = new PersonalApi(http);
  const rooms = new Rooms(api, viewer, personalApi);
  const groups = new Groups(api, storage);
  const timelines = new Timelines(api, viewer);
  const notificationsApi = new NotificationsApi(http);
  const notifications = new Notifications(notificationsApi);
  const followedThreads = new FollowedThreads(notificationsApi, viewer);
  const router = new Router();
  const desktopAlerts = new DesktopAlerts(
    (id) => {
      const room = rooms.get(id);
      return room === undefined ? undefined : labelOf(room);
    },
    (path) => router.go(path),
  );
  const attention = new Attention();
  notifications.alert = (notification) => {
    if (!attention.present) desktopAlerts.show(notification);
  };
  const emojiNames = new NamesOfEmoji();
  const pins = new Pins(api);
  const typing = new TypingPeople(viewer);
  const presence = new Presence(api, (frame) => void connection.say(frame));
  const toasts = new Toasts();
  const filesApi = new FilesApi(http);
  const roomFiles = new RoomFiles(filesApi);
  const previews = new Previews();
  const uploads = new Uploads({
    api: filesApi,
    storage,
    previews,
    limits: () => session.limits,
    nextKey: () => keys.next(),
    now: () => clock.now(),
    ended: (key, attachment) => outbox.fileEnded(key, attachment),
  });
  const outbox = new Outbox({
    api,
    storage,
    nextKey: () => keys.next(),
    now: () => clock.now(),
    delivered: (message) => {
      deliver({ type: 'message.posted', roomId: message.roomId, message, root: undefined });
      tellUnreached(toasts, message);
    },
    released: (files, posted) => uploads.release(files, posted),
  });

  const people = new People(() => clock.now());
  const drafts = new Drafts(personalApi, storage, () => clock.now());
  const saved = new Saved(personalApi, toasts);
  const preferences = new Preferences(personalApi);
  const customEmoji = new CustomEmojiList(personalApi, (urls) => emojiNames.setOwn(urls));
  const personal = [drafts, saved, preferences, customEmoji];
  const rights = new Scattered(RIGHTS_MILLIS, () => void reloadRights(session, rooms));

  function deliver(event: LiveEvent): void {
    rooms.apply(event);
    groups.apply(event);
    typing.apply(event);
    presence.apply(event);
    notifications.apply(event);
    followedThreads.apply(event);
    timelines.apply(event);
    for (const part of [people, drafts, saved, customEmoji]) part.apply(event);
    pins.apply(event);
    roomFiles.apply(event);
    if (event.type === 'permissions.changed') rights.request();
    if (event.type === 'message.posted') outbox.settle(event.message.idempotencyKey);
  }

  const connection = new Connection(realtimeUrl(location), {
    event: deliver,
    ready: (resumed, choice) => {
      outbox.kick();
      uploads.kick();
      presence.ready(choice);
      void notifications.load();
      followedThreads.load();
      if (resumed) void groups.load().catch(() => undefined);
      else void reload(session, [groups, rooms, ...personal], timelines);
    },
    failed: () => void confirmSession(api),
    ended: () => void resume(api, session, connection),
  });
  http.onUnauthenticated = () => session.expire();

  return {
    actions: new MessageActions(api, timelines, toasts),
    activity: new ActivityMonitor((activity) => connection.report(activity)),
    api,
    attention,
    clock,
    codeColours: new CodeColours(),
    completions: [emojiCompletion(() => customEmoji.items), mentionCompletion(api)],
    connection,
    customEmoji,
    desktopAlerts,
    drafts,
    emojiNames,
    filesApi,
    followedThreads,
    gallery: new Gallery(),
    groups,
    keys,
    moment: new Moment(),
    notifications,
    notificationsApi,
    outbox,
    overlays: new Overlays(),
    people,
    personalApi,
    preferences,
    pins,
    presence,
    previewing: new PreviewChoice(
      storage,
      window.matchMedia('(pointer: fine) and (min-width: 721px)').matches,
    ),
    previews,
    recentRooms: new RecentRooms(storage, viewer),
    rendering: new TextRendering(
      () => session.user,
      emojiNames,
      () => preferences.facts.timeFormat,
    ),
    roomFiles,
    rooms,
    router,
    saved,
    searchApi: new SearchApi(http),
    session,
    theme: new Theme(storage),
    timelines,
    toasts,
    typing,
    uploads,
  };
}

interface Loadable {
  load(): Promise<void>;
}

const RELOAD_RETRY_MILLIS = 3_000;

/** Within which time it is asked what a change of rights comes to. */
const RIGHTS_MILLIS = 2_000;

/** Asks again what the person may do, and in which rooms; after a failure the next reload does. */
async function reloadRights(session: Session, rooms: Rooms): Promise<void> {
  if (session.user === undefined) return;
  await Promise.all([session.loadMe(), rooms.load()]).catch(() => undefined);
}

/** Brings everything shown up to date after a gap in the feed; tries again while the server is away. */
async function reload(session: Session, parts: readonly Loadable[], timelines: Timelines): Promise<void> {
  const user = session.user?.id;
  try {
    await Promise.all([
      session.loadServer(),
      session.loadMe(),
      timelines.reload(),
      ...parts.map((part) => part.load()),
    ]);
  } catch {
    setTimeout(() => {
      if (session.user?.id === user) void reload(session, parts, timelines);
    }, RELOAD_RETRY_MILLIS);
  }
}

/** The feed was refused for good. Either the session has ended, or the feed may begin again. */
async function resume(api: ChattoApi, session: Session, connection: Connection): Promise<void> {
  await confirmSession(api);
  setTimeout(() => {
    if (session.user !== undefined) connection.start();
  }, RELOAD_RETRY_MILLIS);
}

/** A call that notices, as every call does, when the session has ended. What else goes wrong is of no interest here. */
async function confirmSession(api: ChattoApi): Promise<void> {
  await api.me().catch(() => undefined);
}
