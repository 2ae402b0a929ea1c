module api {
    requires io.github.kmsjca;
}
