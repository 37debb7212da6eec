/**
 * The product over HTTP: JSON calls, a WebSocket and the files of the web client, on Undertow. It decides no question of the domain: it
 * checks the form of what comes in, knows who asks, and puts into words what the core answers.
 */
@NullMarked
package chat.chatto.http;

import org.jspecify.annotations.NullMarked;
