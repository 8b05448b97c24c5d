package org.largevae.runner.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.files.DurableFiles;

/**
 * Writes {@code report.html}: one file that holds its style and its figures and loads nothing from
 * the network, so that it can be mailed, archived and read offline.
 */
public final class HtmlReport {

  private static final String TEMPLATE = "report.ftlh";

  private HtmlReport() {}

  /**
   * Writes the report of a run.
   *
   * @param data what the run measured
   * @param figures as {@link Figures#write} gives them; their files are read
   * @param file where to write; replaced if it exists
   * @throws IOException if a figure cannot be read or the report cannot be written
   */
  public static void write(ReportData data, List<Figure> figures, Path file) throws IOException {
    write(TEMPLATE, ReportModel.of(data, figures), file);
  }

  /** Fills in a template of this package. */
  static void write(String template, Map<String, Object> model, Path file) throws IOException {
    StringWriter html = new StringWriter();
    try {
      templates().getTemplate(template).process(model, html);
    } catch (TemplateException e) {
      throw new IllegalStateException("the report's template does not fit its model", e);
    }
    DurableFiles.makeFolder(file.toAbsolutePath().getParent());
    DurableFiles.replace(file, html.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Configuration templates() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(HtmlReport.class, "");
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    return configuration;
  }
}
