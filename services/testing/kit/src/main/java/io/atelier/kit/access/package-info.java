/**
 * The contract of every service's entrances: whoever shows no credential, a wrong one or an expired one is refused at every
 * RPC and every HTTP path, all of them found in the running service, so that one that is added without a check fails the
 * build. A service's test extends {@link io.atelier.kit.access.AccessContract} and runs with {@link
 * io.atelier.kit.access.SecuredService}.
 */
@NullMarked
package io.atelier.kit.access;

import org.jspecify.annotations.NullMarked;
