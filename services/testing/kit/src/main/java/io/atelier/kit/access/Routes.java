package io.atelier.kit.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.TreeSet;

/** Lists what a running router answers, each route with a path that leads to it. */
final class Routes {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private Routes() {}

    /** Lines of method and path; a route without methods answers all of them. */
    static Set<String> of(Router router) {
        Set<String> found = new TreeSet<>();
        collect(router, "", found);
        return found;
    }

    private static void collect(Router router, String prefix, Set<String> found) {
        for (Route route : router.getRoutes()) {
            String path = prefix + example(route);
            if (route.getSubRouter() != null) {
                collect(route.getSubRouter(), path.replaceAll("/?x?$", ""), found);
            }
            Set<HttpMethod> methods = route.methods();
            if (methods == null || methods.isEmpty()) {
                METHODS.forEach(method -> found.add(method + " " + slashed(path)));
            } else {
                methods.forEach(method -> found.add(method.name() + " " + slashed(path)));
            }
        }
    }

    private static String example(Route route) {
        String path = route.getPath();
        if (path == null || path.contains("(")) { // a catch-all, or a pattern that Vert.x does not tell
            return "/x";
        }
        String leading = path.replaceAll(":\\w+", "x").replace("*", "x");
        return route.isExactPath() || leading.endsWith("x") ? leading : leading + (leading.endsWith("/") ? "x" : "/x");
    }

    private static String slashed(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
