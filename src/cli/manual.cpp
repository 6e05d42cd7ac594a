#include "cli/manual.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace segue::cli {

namespace {

std::string roff(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if (c == '\n')
            out += "\n.br\n";
        else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
            out += std::string{"\\&"} + c;
        else
            out += c;
    }
    return out;
}

std::string names(const CLI::Option& option)
{
    return option.nonpositional() ? option.get_name(false, true) : option.get_name(true, false);
}

void describeCommand(std::string& page, const CLI::App& command, const std::string& path)
{
    page += fmt::format(".SS {}\n{}\n", roff(path), roff(command.get_description()));
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_group().empty()) continue;
        page += fmt::format(".TP\n.B {}\n{}{}\n", roff(names(*option)), roff(option->get_description()),
                            option->get_default_str().empty()
                                ? ""
                                : roff(fmt::format(" (default: {})", option->get_default_str())));
    }
    if (!command.get_footer().empty()) page += fmt::format(".PP\n{}\n", roff(command.get_footer()));
    for (const CLI::App* inner : command.get_subcommands([](const CLI::App*) { return true; }))
        describeCommand(page, *inner, path + " " + inner->get_name());
}

std::string wordsOf(const CLI::App& command)
{
    std::string words;
    for (const CLI::App* inner : command.get_subcommands([](const CLI::App*) { return true; }))
        words += inner->get_name() + " ";
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_group().empty()) continue;
        for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
    }
    return words;
}

} // namespace

std::string manualPage(const CLI::App& program, const std::string& version)
{
    std::string page = fmt::format(
        ".TH SEGUE 1 \"\" \"segue {}\" \"User Commands\"\n.SH NAME\nsegue \\- {}\n.SH SYNOPSIS\n.B segue\n"
        "COMMAND [OPTIONS]\n.SH COMMANDS\n",
        version, roff(program.get_description()));
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
        describeCommand(page, *command, "segue " + command->get_name());
    page += ".SH EXIT STATUS\n.TP\n.B 0\ndone\n.TP\n.B 1\na rule is broken; export wrote nothing\n.TP\n.B "
            "2\nwrong usage or "
            "unreadable input\n.TP\n.B 3\na disk or a permission said no\n.TP\n.B 130\ninterrupted\n";
    return page;
}

std::string bashCompletion(const CLI::App& program)
{
    std::string script =
        "# bash completion for segue\n_segue()\n{\n    local word=\"${COMP_WORDS[COMP_CWORD]}\" words\n"
        "    case \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n";
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
        for (const CLI::App* inner : command->get_subcommands([](const CLI::App*) { return true; }))
            script += fmt::format("    \"{} {}\") words=\"{}\" ;;\n", command->get_name(), inner->get_name(),
                                  wordsOf(*inner));
        script += fmt::format("    \"{} \"*) words=\"{}\" ;;\n", command->get_name(), wordsOf(*command));
    }
    script += fmt::format("    *) words=\"{}\" ;;\n    esac\n", wordsOf(program));
    script += "    [ \"$COMP_CWORD\" -eq 1 ] && words=\"" + wordsOf(program) +
              "\"\n"
              "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
              "    case \"$word\" in -*) ;; *) [ \"$COMP_CWORD\" -gt 1 ] && COMPREPLY+=($(compgen -f -- "
              "\"$word\")) ;; esac\n}\n"
              "complete -o filenames -F _segue segue\n";
    return script;
}

} // namespace segue::cli
