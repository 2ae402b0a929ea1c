package io.github.kmsjca.benchmarks;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.CategoryStyler;

/**
 * Draws benchmark results as bars in SVG files. The files have no background, and colors that suit a white and a black
 * page.
 */
final class Plots {
    private static final Color CLEAR = new Color(0, 0, 0, 0);
    private static final Color TEXT = new Color(0x80, 0x80, 0x80);
    private static final Color OURS = new Color(0x2f, 0x81, 0xd4);
    private static final Color BASELINE = new Color(0xe0, 0x8a, 0x1e);
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    /** In degrees. Long names would overlap otherwise. */
    private static final int LABEL_ROTATION = 20;

    private final Path folder;

    /**
     * Creates an instance.
     *
     * @param folder where to write the files
     */
    Plots(Path folder) {
        this.folder = folder;
    }

    /**
     * Draws results, if there are any. All must have the same unit.
     *
     * @param file the name of the file, without {@code .svg}
     * @param title what is measured
     */
    void draw(String file, String title, List<Figure> figures) throws IOException {
        if (figures.isEmpty()) {
            return;
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(figures.get(0).unit())
                .build();
        style(chart.getStyler());
        List<String> names = figures.stream().map(Figure::name).toList();
        chart.addSeries("kms-jca", names, medians(figures, Figure::ours)).setFillColor(OURS);
        chart.addSeries("compared with", names, medians(figures, Figure::base)).setFillColor(BASELINE);
        Files.createDirectories(folder);
        VectorGraphicsEncoder.saveVectorGraphic(
                chart, folder.resolve(file + ".svg").toString(), VectorGraphicsFormat.SVG);
    }

    private static List<Double> medians(List<Figure> figures, Function<Figure, List<Double>> side) {
        return figures.stream().map(figure -> Median.of(side.apply(figure))).toList();
    }

    private static void style(CategoryStyler styler) {
        styler.setChartBackgroundColor(CLEAR);
        styler.setChartFontColor(TEXT);
        styler.setLegendBackgroundColor(CLEAR);
        styler.setLegendBorderColor(CLEAR);
        styler.setPlotBackgroundColor(CLEAR);
        styler.setPlotBorderColor(TEXT);
        styler.setPlotGridLinesColor(TEXT);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setAxisTickMarksColor(TEXT);
        styler.setXAxisLabelRotation(LABEL_ROTATION);
    }
}
