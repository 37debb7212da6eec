package chat.chatto.bench.load;

/**
 * A registered user of the server under load.
 *
 * @param id as the server calls the user
 */
public record Account(String id, String login, String token) {}
