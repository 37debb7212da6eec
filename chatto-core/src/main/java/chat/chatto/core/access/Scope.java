package chat.chatto.core.access;

import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;

/** Where something is allowed or denied. A room is nearer than its group, and a group nearer than the server. */
public sealed interface Scope {

    record Server() implements Scope {

        @Override
        public String toString() {
            return "server";
        }
    }

    record Group(GroupId group) implements Scope {

        @Override
        public String toString() {
            return "group:" + group;
        }
    }

    record OfRoom(RoomId room) implements Scope {

        @Override
        public String toString() {
            return "room:" + room;
        }
    }
}
