package chat.chatto.launcher.doctor;

/**
 * Something that an operator should know.
 *
 * @param subject what it is about: a server, a resource, a room
 * @param problem what is wrong
 * @param remedy what to do
 */
public record Finding(Severity severity, String subject, String problem, String remedy) {

    /** How bad it is. */
    public enum Severity {
        /** It has to be put right. */
        PROBLEM,
        /** Nothing is known to be wrong. */
        REMARK
    }

    static Finding problem(String subject, String problem, String remedy) {
        return new Finding(Severity.PROBLEM, subject, problem, remedy);
    }

    static Finding remark(String subject, String problem, String remedy) {
        return new Finding(Severity.REMARK, subject, problem, remedy);
    }
}
