package chat.chatto.core.room;

/** What a room that somebody makes is called. */
public record NewRoom(String name, String description) {}
