package dev.promptls.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Holds the arrows of ARCHITECTURE.md.
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.promptls");

  @Test
  void rooms_see_only_the_rooms_below_them() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.promptls..")
            .withOptionalLayers(true)
            .layer("template")
            .definedBy("dev.promptls.template..")
            .layer("prompt")
            .definedBy("dev.promptls.prompt..")
            .layer("model")
            .definedBy("dev.promptls.model..")
            .layer("lab")
            .definedBy("dev.promptls.lab..")
            .layer("lsp")
            .definedBy("dev.promptls.lsp..")
            .layer("app")
            .definedBy("dev.promptls.app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lsp")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("lab")
            .mayOnlyBeAccessedByLayers("lsp", "app")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("lab", "lsp", "app")
            .whereLayer("prompt")
            .mayOnlyBeAccessedByLayers("lab", "lsp", "app"));
  }

  @Test
  void the_protocol_library_stays_in_lsp_and_its_wire_format_may_also_serve_the_child() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.promptls.lsp..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.eclipse.lsp4j..")
                    .and(not(resideInAPackage("org.eclipse.lsp4j.jsonrpc..")))));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.promptls.lsp..", "dev.promptls.model.host..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.eclipse.lsp4j.jsonrpc..")));
  }

  @Test
  void onnx_runtime_and_djl_stay_in_model() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.promptls.model..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("ai.onnxruntime..", "ai.onnx..", "ai.djl..")));
  }

  @Test
  void only_app_reads_and_writes_the_standard_streams_or_exits() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.promptls.app..", "dev.promptls.bench..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .callMethod(System.class, "exit", int.class));
  }

  @Test
  void other_rooms_know_the_template_languages_by_their_doors() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.promptls.template..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.promptls.template..")
                    .and(
                        not(
                            resideInAnyPackage(
                                "dev.promptls.template",
                                "dev.promptls.template.jinja",
                                "dev.promptls.template.handlebars",
                                "dev.promptls.template.mustache",
                                "dev.promptls.template.javascript")))));
  }

  @Test
  void packages_form_no_cycles() {
    // The door of a room puts together what lies behind it, and names what it is given.
    check(
        slices()
            .matching("dev.promptls.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(name("dev.promptls.lsp.PromptlsServer"), alwaysTrue()));
  }

  private static void check(ArchRule rule) {
    rule.check(ALL);
  }
}
