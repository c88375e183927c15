package io.atelier.kernel.objects;

import java.time.Instant;

/**
 * What a listing tells of an object.
 *
 * @param key its key
 * @param size its size in bytes
 * @param modified when it was put, by the store's clock
 */
public record ObjectInfo(String key, long size, Instant modified) {}
