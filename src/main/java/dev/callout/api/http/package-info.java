/**
 * HTTP in and out: the requests as the resources see them, the responses, and why a request is refused. The rest of the
 * API imports this package, which does not know its resources.
 */
package dev.callout.api.http;
