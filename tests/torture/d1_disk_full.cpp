// A disk that fills at any write, and one that writes in pieces and is interrupted.

#include "torture/faulted_orders.h"
#include "torture/tier.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cerrno>

using namespace segue;
using namespace segue::torture;

TEST_CASE("D1: a disk that is full at any write is named with the file, and what was there stays")
{
    for (const auto& order : allOrders()) {
        // The small files have one write each; in pieces, a part of them is there when the disk is full.
        for (const std::size_t pieces :
             {std::size_t{0}, std::size_t{tier() == Tier::quick ? 8'191U : 997U}}) {
            const FaultCount count =
                failEach(*order, {FileCall::write, FileCall::allocate}, {ENOSPC, EDQUOT, EFBIG}, 12, pieces);
            CHECK(count.refused > 0);
            figure("D1",
                   order->name() + (pieces == 0 ? ": disk full or quota used up at a write, once and for ever"
                                                : ": the same, with short writes"),
                   count.tried, count.bad, fmt::format("{} ended with an error", count.refused));
        }
    }
}

TEST_CASE("D1: short writes and interrupted calls change no byte")
{
    std::uint64_t tried = 0, bad = 0;
    for (const auto& order : allOrders())
        for (const std::size_t most : {1U, 7U, 511U, 4'099U, 65'537U}) {
            // A byte at a time is for what is small.
            if (most < 100 && order->name() != "save") continue;
            const std::string wrong =
                order->fault({.shortWrites = most, .interruptEvery = true, .pretendSync = true});
            CAPTURE(order->name());
            CAPTURE(most);
            CHECK(wrong == "");
            CHECK_FALSE(order->refused());
            ++tried;
            if (!wrong.empty() || order->refused()) ++bad;
        }
    figure("D1", "orders with every write short and every second call interrupted (EINTR)", tried, bad);
}
