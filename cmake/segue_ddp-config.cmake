# find_package(segue_ddp): segue::ddp reads, writes and verifies DDP 2.00 filesets. Its headers are included as "ddp/..." and
# "core/...".
include(CMakeFindDependencyMacro)
find_dependency(PkgConfig)
find_dependency(Threads)
find_dependency(fmt)
pkg_check_modules(crypto REQUIRED QUIET IMPORTED_TARGET libcrypto)
pkg_check_modules(xxhash REQUIRED QUIET IMPORTED_TARGET libxxhash)
pkg_check_modules(utf8proc REQUIRED QUIET IMPORTED_TARGET libutf8proc)
include(${CMAKE_CURRENT_LIST_DIR}/segue_ddp-targets.cmake)
