"""Every command of the window, declared once: menus, context menu, palette and shortcut sheet are made from this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``where`` is ``window`` (works anywhere) or ``article`` (only while the article has the focus)."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    where: str = "window"
    context: bool = False
    """Whether the article's context menu offers it; it ends with what deletes the selected annotation, by its name."""
    hint: str = ""
    writes: bool = False
    """Whether it changes the project, so that a read-only project disables it."""


SAVE_COPY = "Save a Copy Elsewhere…"
_ALL = "The same error in all articles of the project"
COMMANDS: tuple[Command, ...] = (
    Command("new_project", "New Project…", "File", ("Ctrl+N",)),
    Command("open_project", "Open Project…", "File", ("Ctrl+O",)),
    Command("open_sample", "Open the Sample Project", "File", hint="The labelled example article"),
    Command("start_fresh", "Start Fresh", "File", hint="A new project with the example article, unlabelled"),
    Command("restore_backup", "Restore a Backup…", "File", hint="Back to how the project was"),
    Command("save_copy", SAVE_COPY, "File", hint="The whole project as a new file, with its history"),
    Command("import_files", "Import Articles…", "File", ("Ctrl+I",), writes=True),
    Command("import_folder", "Import Folder…", "File", hint="All articles in a folder", writes=True),
    Command("article_details", "Article Details…", "File", ("Ctrl+D",), hint="Title, date, outlet, blocks"),
    Command("delete_article", "Delete Article…", "File", writes=True),
    Command("export", "Export Dataset…", "File", ("Ctrl+E",)),
    Command("release", "Build Release…", "File", hint="A gold dataset of what is done, for others"),
    Command("save_pdf", "Save as PDF…", "File", hint="This article as it looks, with a legend"),
    Command("print", "Print…", "File", ("Ctrl+P",), hint="This article as it looks, with a legend"),
    Command("quit", "Quit", "File", ("Ctrl+Q",)),
    Command("undo", "Undo", "Edit", ("Ctrl+Z",), writes=True),
    Command("redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), writes=True),
    Command("delete", "Delete Annotation", "Edit", ("Delete", "Backspace"), "article", writes=True),
    Command("copy", "Copy Text", "Edit", ("Ctrl+C",), "article", context=True),
    Command("deselect", "Deselect", "Edit", ("Escape",), "article"),
    Command("palette", "Command Palette…", "Edit", ("Ctrl+Shift+P", "Ctrl+K"), hint="Every command by its name"),
    Command("find", "Find in This Article", "Edit", ("Ctrl+F",)),
    Command("find_next", "Find Next", "Edit", ("F3",)),
    Command("find_previous", "Find Previous", "Edit", ("Shift+F3",)),
    Command("find_all", "Find in All Articles…", "Edit", ("Ctrl+Shift+F",)),
    Command("annotator_name", "Annotator’s Name…", "Edit", hint="Who is named in new annotations"),
    Command("view_source", "Source Text", "View", hint="The text as it was imported"),
    Command("view_corrected", "Corrected Text", "View", hint="The text as the corrections make it"),
    Command("view_both", "Side by Side", "View", hint="Source and corrected text, aligned"),
    Command("next_view", "Next of These Views", "View", ("V",), "article", hint="Source, corrected, side by side"),
    Command("next_article", "Next Article", "View", ("Ctrl+PgDown",)),
    Command("previous_article", "Previous Article", "View", ("Ctrl+PgUp",)),
    Command("filter_articles", "Filter Articles", "View", ("Ctrl+L",)),
    Command("focus_article", "Go to the Article", "View", ("F6",), hint="Side by side: to the other text"),
    Command("focus_panel", "Go to the Selected Annotation’s Fields", "View", ("Return", "Enter"), "article"),
    Command("show_card", "Explain the Selection", "View", ("E",), "article", hint="Its card, at its place"),
    Command("focus_mode", "Focus Mode", "View", ("F11",), hint="The article alone, the other paragraphs dimmed"),
    Command("claims_table", "Claims as a Table", "View", ("Ctrl+T",), hint="A line for each claim, or cards"),
    Command("filter_claims", "Filter Claims", "View", ("Ctrl+Shift+L",), hint="By words, speaker, form …; sort, group"),
    Command("zoom_in", "Zoom In", "View", ("Ctrl++", "Ctrl+=")),
    Command("zoom_out", "Zoom Out", "View", ("Ctrl+-",)),
    Command("zoom_reset", "Normal Size", "View", ("Ctrl+0",)),
    Command("reading", "Reading: Font and Spacing…", "View", ("Ctrl+,",), hint="Font, size, line spacing, line length"),
    Command("motion_system", "Motion: as the System", "View"),
    Command("motion_smooth", "Motion: Smooth", "View", hint="Wheel, pages and steps move smoothly"),
    Command("motion_reduced", "Motion: Reduced", "View", hint="Nothing moves by itself"),
    Command("theme_system", "Theme: as the System", "View"),
    Command("theme_light", "Theme: Light", "View"),
    Command("theme_dark", "Theme: Dark", "View"),
    Command("mark_claim", "Mark Claim", "Annotate", ("C",), "article", context=True, writes=True),
    Command("mark_mention", "Mark Speaker Mention", "Annotate", ("S",), "article", context=True, writes=True),
    Command("mark_cue", "Mark Cue of the Claim", "Annotate", ("Q",), "article", context=True, writes=True),
    Command("set_source", "Source of the Claim…", "Annotate", ("A",), "article", context=True, writes=True),
    Command("correct", "Correct Text…", "Annotate", ("X",), "article", context=True, writes=True),
    Command(
        *("regularise", "Regularise…", "Annotate", ("Shift+X",), "article"),
        hint="Another spelling of the words; the text stays",
        writes=True,
    ),
    Command("factual", "Factual Correction of the Claim…", "Annotate", ("F",), "article", context=True, writes=True),
    Command("correct_everywhere", "Correct Everywhere…", "Annotate", ("Ctrl+Shift+X",), hint=_ALL, writes=True),
    Command("add_part", "Add Part", "Annotate", ("+", "="), "article", context=True, writes=True),
    Command("remove_part", "Remove Part", "Annotate", ("-",), "article", context=True, writes=True),
    Command("split_claim", "Split Claim at the Caret", "Annotate", ("/",), "article", context=True, writes=True),
    Command(
        "merge_claims",
        "Merge the Chosen Claims",
        "Annotate",
        ("Ctrl+M",),
        hint="Those chosen in the Claims panel",
        writes=True,
    ),
    Command("duplicate_claim", "Duplicate Claim", "Annotate", ("Ctrl+Shift+D",), context=True, writes=True),
    Command("put_inside", "Put Inside a Claim…", "Annotate", ("O",), "article", context=True, writes=True),
    Command(
        "put_inside_around",
        "Put Inside the Claim Around It",
        "Annotate",
        ("Shift+O",),
        "article",
        context=True,
        writes=True,
    ),
    Command("take_out", "Take Out of Its Claim", "Annotate", ("L",), "article", context=True, writes=True),
    Command("end_right", "End: a Word Later", "Annotate", ("]", "Alt+Right"), "article", writes=True),
    Command("end_left", "End: a Word Earlier", "Annotate", ("[", "Alt+Left"), "article", writes=True),
    Command("start_right", "Start: a Word Later", "Annotate", ("}", "Alt+Shift+Right"), "article", writes=True),
    Command("start_left", "Start: a Word Earlier", "Annotate", ("{", "Alt+Shift+Left"), "article", writes=True),
    Command("end_right_character", "End: a Character Later", "Annotate", ("Ctrl+]", "F8"), "article", writes=True),
    Command("end_left_character", "End: a Character Earlier", "Annotate", ("Ctrl+[", "F7"), "article", writes=True),
    Command(
        "start_right_character", "Start: a Character Later", "Annotate", ("Ctrl+}", "Shift+F8"), "article", writes=True
    ),
    Command(
        "start_left_character", "Start: a Character Earlier", "Annotate", ("Ctrl+{", "Shift+F7"), "article", writes=True
    ),
    Command("end_right_sentence", "End: a Sentence Later", "Annotate", ("Alt+]", "Alt+Down"), "article", writes=True),
    Command("end_left_sentence", "End: a Sentence Earlier", "Annotate", ("Alt+[", "Alt+Up"), "article", writes=True),
    Command(
        "start_right_sentence",
        "Start: a Sentence Later",
        "Annotate",
        ("Alt+}", "Alt+Shift+Down"),
        "article",
        writes=True,
    ),
    Command(
        "start_left_sentence",
        "Start: a Sentence Earlier",
        "Annotate",
        ("Alt+{", "Alt+Shift+Up"),
        "article",
        writes=True,
    ),
    Command("repeat", "Repeat the Last Marking", "Annotate", (".",), "article", writes=True),
    Command("next_claim", "Next Claim", "Go", ("N",), "article"),
    Command("previous_claim", "Previous Claim", "Go", ("P",), "article"),
    Command("next_mention", "Next Mention", "Go", ("M",), "article"),
    Command("previous_mention", "Previous Mention", "Go", ("Shift+M",), "article"),
    Command("next_correction", "Next Correction", "Go", ("K",), "article"),
    Command("previous_correction", "Previous Correction", "Go", ("Shift+K",), "article"),
    Command("next_annotation", "Next Annotation of Any Kind", "Go", ("J",), "article"),
    Command("previous_annotation", "Previous Annotation of Any Kind", "Go", ("Shift+J",), "article"),
    Command("next_cue", "Next Cue", "Go", ("W",), "article"),
    Command("previous_cue", "Previous Cue", "Go", ("Shift+W",), "article"),
    Command("next_of_speaker", "Next Mention of This Speaker", "Go", ("H",), "article"),
    Command("previous_of_speaker", "Previous Mention of This Speaker", "Go", ("Shift+H",), "article"),
    Command("next_part", "Next Part", "Go", ("T",), "article"),
    Command("previous_part", "Previous Part", "Go", ("Shift+T",), "article"),
    Command("first", "First of This Kind", "Go", ("Alt+Home",), "article", hint="Of the selected kind"),
    Command("last", "Last of This Kind", "Go", ("Alt+End",), "article", hint="Of the selected kind"),
    Command("parent", "Claim Around This Claim", "Go", ("U",), "article"),
    Command("child", "Claim Inside This Claim", "Go", ("D",), "article"),
    Command("next_problem", "Next Problem", "Go", ("F4",), hint="What a check found in this article"),
    Command("previous_problem", "Previous Problem", "Go", ("Shift+F4",)),
    Command("tell_place", "Say What Is Here", "Go", ("I",), "article", hint="Reads out the labels at the caret"),
    Command("jump", "Go to Claim Number…", "Go", ("G",), "article"),
    Command("accept_correction", "Accept Correction", "Review", ("F9",), hint="Or all that are selected", writes=True),
    Command("reject_correction", "Reject Correction", "Review", ("Shift+F9",), hint="It changes nothing", writes=True),
    Command("reopen_correction", "Reopen Correction", "Review", ("Ctrl+F9",), hint="Back to a draft", writes=True),
    Command("fix_problem", "Fix the Problem Here…", "Review", ("Ctrl+.",), writes=True),
    Command("reopen", "Reopen the Article", "Review", ("Ctrl+Shift+Return",), hint="It is frozen", writes=True),
    Command("rename_speaker", "Rename Speaker", "Speakers", hint="Everywhere in the project", writes=True),
    Command("speaker_uses", "Uses of the Speaker…", "Speakers", ("Ctrl+U",), hint="In all articles"),
    Command("merge_speakers", "Merge Speakers…", "Speakers", hint="Two that are one", writes=True),
    Command("split_speaker", "Split Speaker…", "Speakers", hint="One that is two", writes=True),
    Command("finish", "Done, Next Article", "Review", ("Ctrl+Return",), hint="State: Done, and on", writes=True),
    Command("state_todo", "State: Not Started", "Review", writes=True),
    Command("state_in_progress", "State: In Progress", "Review", writes=True),
    Command("state_needs_review", "State: Needs Review", "Review", ("Ctrl+R",), writes=True),
    Command("state_done", "State: Done", "Review", writes=True),
    Command("measure_time", "Measure Working Time", "Review", hint="Per article; pauses when nobody works"),
    Command(
        "history", "History of the Selected…", "Review", ("Ctrl+H",), context=True, hint="Who changed what and when"
    ),
    Command("timeline", "History of the Project…", "Review", hint="Every step, newest first"),
    Command("scheme", "Scheme: Labels, Checks, Guideline…", "Review", hint="By what rules this project is labelled"),
    Command("guideline", "Guideline", "Help", ("F1",), hint="What is said of the field that has the focus"),
    Command("shortcuts", "Keyboard Shortcuts", "Help", ("?",)),
    Command("about", "About Article Annotator", "Help"),
)
SEPARATED_BEFORE = {
    *("import_files", "save_pdf", "quit", "delete", "find", "annotator_name", "next_article", "focus_mode"),
    *("theme_system", "reading", "motion_system"),
    *("state_todo", "add_part", "end_right", "end_right_character", "end_right_sentence", "repeat"),
    *("split_claim", "put_inside", "claims_table", "zoom_in"),
    *("next_cue", "next_part", "first", "parent", "next_problem", "finish", "measure_time", "history", "scheme"),
}
