/**
 * Finds out whether storage is in order, and says what to do about what is not. {@link chat.chatto.launcher.doctor.Doctor} is the way in.
 */
@NullMarked
package chat.chatto.launcher.doctor;

import org.jspecify.annotations.NullMarked;
