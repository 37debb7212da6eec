package chat.chatto.http.routing;

import java.net.InetAddress;

/**
 * A block of addresses, as {@code 10.0.0.0/8}, {@code ::1} or {@code 192.0.2.7}.
 *
 * @param network the first bytes of every address in the block count up to {@code bits}
 */
public record AddressRange(InetAddress network, int bits) {

    /**
     * @throws IllegalArgumentException when the text is no address, or its length does not fit it
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        int all = network.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("Not an address range: " + text);
        }
        return new AddressRange(network, bits);
    }

    public boolean contains(InetAddress address) {
        byte[] own = network.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int mask = 0xff << Math.max(0, Byte.SIZE - (bits - bit));
            if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads a literal; a name is never looked up. */
    static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
