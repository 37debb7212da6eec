package chat.chatto.core;

import chat.chatto.core.asset.AssetConfig;
import chat.chatto.core.search.SearchConfig;
import chat.chatto.core.timeline.PageFileConfig;

/**
 * What an operator decides about the domain.
 *
 * @param serverName how the server calls itself, 1 to {@value #SERVER_NAME_BYTES} bytes of UTF-8
 * @param pageFile where pages are kept that do not fit into memory
 * @param search whether and where an index of all messages is kept
 * @param assets how large files may be
 */
public record CoreConfig(
        String serverName,
        RegistrationPolicy registration,
        PageFileConfig pageFile,
        SearchConfig search,
        AssetConfig assets) {

    /** The longest server name. */
    public static final int SERVER_NAME_BYTES = 80;

    /** How a server calls itself that nobody named. */
    public static final String DEFAULT_SERVER_NAME = "Chatto";

    public CoreConfig {
        serverName = Names.clean("serverName", serverName, 1, SERVER_NAME_BYTES);
        Names.checkBytes("serverName", serverName, SERVER_NAME_BYTES);
    }

    /** What holds where the operator says nothing. */
    public static CoreConfig defaults() {
        return new CoreConfig(
                DEFAULT_SERVER_NAME,
                RegistrationPolicy.OPEN,
                PageFileConfig.defaults(),
                SearchConfig.off(),
                AssetConfig.defaults());
    }
}
