package io.atelier.learn.data;

/**
 * Where a picture is opaque.
 *
 * @param span the longer side of the box around its opaque pixels, less one; -1 when it has none
 * @param cover the share of opaque pixels
 */
record Opacity(int span, double cover) {

    static Opacity of(Raster raster) {
        int left = Integer.MAX_VALUE;
        int right = -1;
        int top = -1;
        int bottom = -1;
        int opaque = 0;
        for (int i = 0; i < raster.argb().length; i++) {
            if (raster.argb()[i] >>> 24 > 127) {
                int x = i % raster.width();
                bottom = i / raster.width();
                top = top < 0 ? bottom : top;
                left = Math.min(left, x);
                right = Math.max(right, x);
                opaque++;
            }
        }
        int span = opaque == 0 ? -1 : Math.max(right - left, bottom - top);
        return new Opacity(span, (double) opaque / raster.argb().length);
    }

    boolean fits(Keep keep, ClassRule rule) {
        return span >= keep.minBox() && cover >= keep.minCover() && cover >= rule.minCover();
    }
}
