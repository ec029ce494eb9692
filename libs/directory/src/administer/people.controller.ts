import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';
import type { AdministeredAppointment } from './administer-appointments';
import { AdministerAppointments } from './administer-appointments';
import type { AdministeredPerson } from './administer-people';
import { AdministerPeople } from './administer-people';
import {
  AppointmentBody,
  ChangeAppointmentBody,
  ChangePersonBody,
  CreatePersonBody,
  EndBody,
  IfMatchVersion,
  PeopleQueryDto,
  RowPath,
} from './administration-dtos';

const policy = 'directory.administer';

@ApiTags('administration')
@Controller('api/v1/admin')
export class AdministeredPeopleController {
  constructor(
    private readonly people: AdministerPeople,
    private readonly appointments: AdministerAppointments,
  ) {}

  @Get('people')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'People of administered agencies with all their appointments there.' })
  list(@CurrentPerson() by: PersonActor, @Query() query: PeopleQueryDto): Promise<Page<AdministeredPerson>> {
    return this.people.list(by, query);
  }

  @Get('people/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'A person of an administered agency.' })
  show(@CurrentPerson() by: PersonActor, @Param() { id }: RowPath): Promise<AdministeredPerson> {
    return this.people.show(by, id);
  }

  @Post('people')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Enters a person with a first appointment.' })
  create(@CurrentPerson() by: PersonActor, @Body() body: CreatePersonBody): Promise<AdministeredPerson> {
    return this.people.create(by, body);
  }

  @Patch('people/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Corrects the name of a person.' })
  change(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: ChangePersonBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredPerson> {
    return this.people.change(by, id, body, version);
  }

  @Post('people/:id/appointments')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Appoints a person to a post, with roles; never oneself.' })
  appoint(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: AppointmentBody,
  ): Promise<AdministeredAppointment> {
    return this.appointments.create(by, id, body);
  }

  @Patch('appointments/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Changes the roles of an appointment; never of the own.' })
  changeAppointment(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: ChangeAppointmentBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredAppointment> {
    return this.appointments.change(by, id, body, version);
  }

  @Post('appointments/:id/end')
  @HttpCode(200)
  @RequirePolicy(policy)
  @ApiOperation({
    summary: 'Ends an appointment; its rights end with the day, or at once when that day is today.',
  })
  endAppointment(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: EndBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredAppointment> {
    return this.appointments.end(by, id, body, version);
  }
}
