import { array, boolean, number, object, optional, string, withDefault, type Decoder } from './decode';

export interface ServerLimits {
  bodyCharacters: number;
  roomNameCharacters: number;
  roomDescriptionBytes: number;
  loginMinimum: number;
  loginMaximum: number;
  displayNameCharacters: number;
  passwordMinimum: number;
  passwordMaximum: number;
  historyPage: number;
  editWindowSeconds: number;
  /** Of one file; none is taken by a server that says nothing. */
  maxUploadBytes: number;
  maxVideoBytes: number;
  /** Of one message. */
  maxAttachments: number;
}

export interface ServerInfo {
  name: string;
  version: string;
  time: string;
  registration: string;
  /** The server's own picture in place of Chatto's mark. */
  logoUrl: string | undefined;
  setupRequired: boolean;
  features: string[];
  limits: ServerLimits;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyCharacters: 10_000,
  roomNameCharacters: 30,
  roomDescriptionBytes: 2_000,
  loginMinimum: 2,
  loginMaximum: 32,
  displayNameCharacters: 32,
  passwordMinimum: 8,
  passwordMaximum: 128,
  historyPage: 100,
  editWindowSeconds: 10_800,
  maxUploadBytes: 0,
  maxVideoBytes: 0,
  maxAttachments: 10,
};

const limit = (name: keyof ServerLimits): Decoder<number> => withDefault(number, DEFAULT_LIMITS[name]);

export const decodeServer: Decoder<ServerInfo> = object({
  name: withDefault(string, 'Chatto'),
  version: withDefault(string, ''),
  time: string,
  registration: withDefault(string, 'open'),
  logoUrl: optional(string),
  setupRequired: withDefault(boolean, false),
  features: withDefault(array(string), []),
  limits: withDefault(
    object({
      bodyCharacters: limit('bodyCharacters'),
      roomNameCharacters: limit('roomNameCharacters'),
      roomDescriptionBytes: limit('roomDescriptionBytes'),
      loginMinimum: limit('loginMinimum'),
      loginMaximum: limit('loginMaximum'),
      displayNameCharacters: limit('displayNameCharacters'),
      passwordMinimum: limit('passwordMinimum'),
      passwordMaximum: limit('passwordMaximum'),
      historyPage: limit('historyPage'),
      editWindowSeconds: limit('editWindowSeconds'),
      maxUploadBytes: limit('maxUploadBytes'),
      maxVideoBytes: limit('maxVideoBytes'),
      maxAttachments: limit('maxAttachments'),
    }),
    DEFAULT_LIMITS,
  ),
});
