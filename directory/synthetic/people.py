"""Posts and the people who hold them, as one organisation knows them in one period."""

from dataclasses import dataclass, field
from datetime import date

from directory.synthetic.cast import CastMember
from directory.synthetic.locations import Location
from directory.synthetic.naming import Identity
from directory.synthetic.teams import Team


@dataclass(slots=True, eq=False)
class Post:
    """
    A position in a team, whether or not somebody holds it.

    grade: place in work.GRADES.
    holder, sharer: who is in it; both are set when two people share the job.
    leads: the post is that of its team's leader.
    """

    number: int
    team: Team
    grade: int
    title: str
    profession: str
    reports_to: "Post | None"
    responsibilities: str = ""
    leads: bool = False
    holder: "Person | None" = None
    sharer: "Person | None" = None

    def manager(self) -> "Person | None":
        """Who holds the nearest post above that is not vacant; nobody for the top post."""
        post = self.reports_to
        while post is not None and post.holder is None:
            post = post.reports_to
        return post.holder if post else None

    def release(self, *, person: "Person") -> None:
        """Let go of one holder; a job sharer then holds the post alone."""
        if self.holder is person:
            self.holder = self.sharer
        self.sharer = None


@dataclass(slots=True, eq=False)
class Person:
    """
    An invented official in one organisation.

    number: of their personnel record, never given to anybody else.
    email: the part before the `@`.
    phone: digits and spaces as printed.
    started, ends: of the way they hold the present post.
    member: their part in the cast, if they have one.
    transfer: number of the move between organisations they take part in, 0 for none.
    joined: period of their first appearance; 0 for those there from the start.
    """

    post: Post
    identity: Identity | None = None
    number: int = 0
    email: str = ""
    phone: str = ""
    location: Location | None = None
    started: date = date.min
    ends: date | None = None
    status: str = "active"
    fte: str = "1.0"
    kind: str = "substantive"
    expertise: str = ""
    working_days: str = ""
    member: CastMember | None = None
    transfer: int = 0
    joined: int = 0

    @property
    def name(self) -> Identity:
        """
        Their name, once they have one.

        :raises ValueError: while the post has been filled but nobody been named for it.
        """
        if self.identity is None:
            raise ValueError(f"Nobody is named yet for post {self.post.number}.")
        return self.identity


@dataclass(slots=True)
class Staff:
    """
    Everybody one organisation employs, and where new numbers start.

    people: in the order of its files.
    leaders: the post that leads each team, by team code.
    head: the post at the top.
    emails: how often each address has been given out, so that none is given twice.
    """

    people: list[Person] = field(default_factory=list)
    vacancies: list[Post] = field(default_factory=list)
    leaders: dict[str, Post] = field(default_factory=dict)
    head: Post | None = None
    last_person_number: int = 200_000
    last_post_number: int = 0
    emails: dict[str, int] = field(default_factory=dict)

    def leader_of(self, *, team: Team) -> Post | None:
        """The post whose holder manages the people of a team: its leader's, or one further up."""
        above: Team | None = team
        while above is not None:
            if above.code in self.leaders:
                return self.leaders[above.code]
            above = above.parent
        return self.head
