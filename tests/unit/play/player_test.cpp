#include "play/player.h"
#include <doctest/doctest.h>
