package io.atelier.endpoints.security;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who calls.
 *
 * @param principal the name outcomes are kept under
 * @param roles what the credential allows beside calling
 */
public record Identity(String principal, Set<String> roles) {
    /** The role that may name other callers. */
    public static final String PEER = "peer";

    /** Whoever calls where nobody is asked. */
    public static final Identity ANONYMOUS = new Identity("anonymous", Set.of());

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,254}[\\x21-\\x7e])?");

    public Identity {
        roles = Set.copyOf(roles);
    }

    /**
     * Whether a name can stand in headers, logs and keys: 1 to 256 printable ASCII characters, no space at either end, and
     * not the one of whoever is not asked.
     */
    static boolean isPrincipal(String name) {
        return FORM.matcher(name).matches() && !isAnonymous(name);
    }

    /** Whether a principal stands for whoever was not asked. */
    public static boolean isAnonymous(String principal) {
        return principal.equals(ANONYMOUS.principal());
    }

    public boolean isAnonymous() {
        return equals(ANONYMOUS);
    }

    boolean isPeer() {
        return roles.contains(PEER);
    }
}
