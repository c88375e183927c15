package io.atelier.learn.data;

/** Brings a raster into a form: planes of 0..255, the largest centred part of the right proportions, area-averaged. */
final class AreaScaler {
    private AreaScaler() {}

    /** Returns (channels, height, width), -1..1. */
    static float[] planes(Raster raster, PictureForm form) {
        double scale = Math.min((double) raster.width() / form.width(), (double) raster.height() / form.height());
        double left = (raster.width() - scale * form.width()) / 2;
        double top = (raster.height() - scale * form.height()) / 2;
        float[] planes = new float[form.size()];
        int at = 0;
        for (int channel = 0; channel < form.channels().count(); channel++) {
            for (int y = 0; y < form.height(); y++) {
                for (int x = 0; x < form.width(); x++) {
                    double mean = mean(raster, form.channels(), channel, left + x * scale, top + y * scale, scale);
                    planes[at++] = (float) (mean / 127.5 - 1);
                }
            }
        }
        return planes;
    }

    private static double mean(Raster raster, Channels channels, int channel, double x0, double y0, double side) {
        double sum = 0;
        double area = 0;
        int bottom = (int) Math.min(raster.height(), Math.ceil(y0 + side));
        int right = (int) Math.min(raster.width(), Math.ceil(x0 + side));
        for (int y = (int) y0; y < bottom; y++) {
            double tall = Math.min(y + 1, y0 + side) - Math.max(y, y0);
            for (int x = (int) x0; x < right; x++) {
                double share = tall * (Math.min(x + 1, x0 + side) - Math.max(x, x0));
                sum += share * raster.value(y * raster.width() + x, channels, channel);
                area += share;
            }
        }
        return sum / area;
    }
}
