package chat.chatto.core.room;

/** @param made whether it was not there before */
public record OpenedConversation(Room room, boolean made) {}
